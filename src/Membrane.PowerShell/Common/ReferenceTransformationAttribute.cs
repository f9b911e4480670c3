using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;

namespace Membrane.PowerShell.Common;

/// <summary>
/// Accepts an object, an id or a key, and refuses empty values. Anything else is left as it is, for another parameter.
/// </summary>
/// <param name="type">The kind of reference.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ReferenceTransformationAttribute(Type type) : ArgumentTransformationAttribute
{
    private readonly ReferenceReader reader = ReferenceReader.Of(type);

    /// <summary>The kind of reference.</summary>
    public Type Type => type;

    /// <summary>
    /// Whether an object of another kind of ours is refused. Every object of ours has an Id, so by its property name it would
    /// be taken for what it is not: for commands that change something.
    /// </summary>
    public bool RefusesOthers { get; set; }

    /// <summary>
    /// Whether an object of another kind stands for what it refers to, such as a connection for its integration: for commands that only
    /// read. One that refers to nothing of the kind is refused.
    /// </summary>
    public bool TakesRelated { get; set; }

    /// <summary>The kind of reference that another parameter of the command takes: such an object is left to that one.</summary>
    public Type? Leaves { get; set; }

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if (Nothing.Refuse(inputData) is { } nothing)
        {
            throw new ArgumentTransformationMetadataException(
                $"Nothing was given ({nothing}), and {reader.What} is needed. Look at the variable or the property that the value comes "
                    + $"from, or leave the parameter out."
            );
        }

        var value = Bare.Value(inputData);
        return value is IEnumerable several and not (string or IDictionary)
            ? several.Cast<object>().Select(Convert).ToArray()
            : Convert(inputData);
    }

    private object Convert(object item)
    {
        if (reader.Read(item) is { } reference)
        {
            return reference;
        }

        if (Leaves is not null && ReferenceReader.Of(Leaves).Read(GivenObject.Find(item)) is not null)
        {
            return item;
        }

        var other = RefusesOthers || TakesRelated ? GivenObject.Find(item) : null;
        if (TakesRelated && other is not null && reader.ReadRelated(other) is { } related)
        {
            return related;
        }

        return other is null ? item : throw new ArgumentTransformationMetadataException(Refuse(other));
    }

    private string Refuse(GivenObject other)
    {
        var reason =
            reader.Ids.FirstOrDefault(rule => rule.Matches(other)) is { } own ? $"has no {own.Property}"
            : TakesRelated ? $"is of type {other.Kind} and names none"
            : $"is of type {other.Kind}";
        return $"'{other.Title}' {reason}, and {reader.What} is needed.";
    }
}
