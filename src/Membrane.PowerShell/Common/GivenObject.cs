using System;
using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Reflection;

namespace Membrane.PowerShell.Common;

/// <summary>
/// An object of this module as it was given: alive, or as it came back from JSON, CLIXML, a job or Select-Object. Both have a kind and
/// the same values under the same names.
/// </summary>
internal sealed class GivenObject
{
    // Objects with fewer names than these could be anything.
    private const int FewestNames = 4;

    // What the client reads, and what only this module knows.
    private static readonly Assembly[] Assemblies = [typeof(MembraneModel).Assembly, typeof(GivenObject).Assembly];

    // The kinds with their names, those with most names first: an element of one kind has the names of a simpler one too.
    private static readonly Lazy<(string Kind, string[] Names)[]> Shapes = new(static () =>
        Kinds()
            .Select(static type =>
                (
                    type.Name,
                    type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(static property => property.Name).ToArray()
                )
            )
            .Where(static shape => shape.Item2.Length >= FewestNames)
            .OrderByDescending(static shape => shape.Item2.Length)
            .ToArray()
    );

    // The names of those kinds that copies are named after.
    private static readonly ConcurrentDictionary<string, HashSet<string>?> NamesOfTypes = new();

    private GivenObject(object value, string kind)
    {
        Value = value;
        Kind = kind;
    }

    /// <summary>The live object, or the object or dictionary that it became.</summary>
    public object Value { get; }

    /// <summary>The name of its type, such as Connection.</summary>
    public string Kind { get; }

    /// <summary>Its name, where it has one.</summary>
    public string? Title => IsLive ? Value.ToString() : Text("Name") ?? Text("Key");

    private bool IsLive => IsOurs(Value.GetType());

    /// <summary>Finds the object of the module that a value is or was; null where it is another one.</summary>
    public static GivenObject? Find(object? value)
    {
        var bare = Bare.ValueOrObject(value);
        return bare switch
        {
            null or string or ValueType => null,
            IDictionary members => FindShape(members, members.Keys.Cast<object>().Select(static name => name.ToString()!)),
            _ when IsOurs(bare.GetType()) => new GivenObject(bare, bare.GetType().Name),
            PSObject copy => KindOf(copy) is { } kind
                ? new GivenObject(copy, kind)
                : FindShape(copy, copy.Properties.Select(static property => property.Name)),
            _ => value is PSObject other && KindOf(other) is { } kind ? new GivenObject(other, kind) : null,
        };
    }

    /// <summary>Returns a value as text; null where there is none, or an empty one.</summary>
    /// <param name="path">The name of the property, or the path to it with dots.</param>
    public string? Text(string path)
    {
        var value = Get(path);
        return Nothing.Describe(value) is null ? Convert.ToString(Bare.Value(value), CultureInfo.InvariantCulture) : null;
    }

    /// <summary>Returns a value; null where there is none.</summary>
    /// <param name="path">The name of the property, or the path to it with dots.</param>
    public object? Get(string path)
    {
        var value = Value;
        foreach (var name in path.Split('.'))
        {
            var bare = Bare.Value(value);
            value =
                value is null ? null
                : bare is IDictionary members
                    ? members
                        .Keys.Cast<object>()
                        .Where(key => string.Equals(key.ToString(), name, StringComparison.OrdinalIgnoreCase))
                        .Select(key => members[key])
                        .FirstOrDefault()
                : PSObject.AsPSObject(value).Properties[name]?.Value;
        }

        return value;
    }

    /// <summary>Returns whether it has a property of that name: what Select-Object left of it may not.</summary>
    public bool Has(string name) => Value is IDictionary || PSObject.AsPSObject(Value).Properties[name] is not null;

    // A class that another one extends is not a kind of its own.
    private static IEnumerable<Type> Kinds()
    {
        var types = Assemblies.SelectMany(static assembly => assembly.GetExportedTypes()).Where(IsOurs).ToArray();
        var bases = new HashSet<Type?>(types.Select(static type => type.BaseType));
        return types.Where(type => !type.IsAbstract && !bases.Contains(type));
    }

    private static bool IsOurs(Type type) =>
        type.Namespace == typeof(MembraneModel).Namespace
        && type is { IsClass: true }
        && Array.IndexOf(Assemblies, type.Assembly) >= 0
        && !typeof(Exception).IsAssignableFrom(type);

    // A copy from a job, a file or Select-Object is only named after its type. So is what Select-Object expands out of one, which has other
    // names.
    private static string? KindOf(PSObject copy)
    {
        const string Ours = nameof(Membrane) + ".";
        var name = OriginalType.NameOf(copy);
        if (!name.StartsWith(Ours, StringComparison.Ordinal) || NamesOfTypes.GetOrAdd(name, NamesOf) is not { } names)
        {
            return null;
        }

        var own = copy.Properties.Select(static property => property.Name).Where(one => !Deserialized.IsAdded(copy, one)).ToArray();
        var known = own.Count(names.Contains);
        return known == names.Count || known > own.Length - known ? name.Substring(Ours.Length) : null;
    }

    private static HashSet<string>? NamesOf(string type) =>
        Assemblies.Select(assembly => assembly.GetType(type)).FirstOrDefault(static found => found is not null) is { } kind
            ? new HashSet<string>(kind.GetProperties().Select(static property => property.Name), StringComparer.Ordinal)
            : null;

    // JSON keeps no type, but all names, so that they tell.
    private static GivenObject? FindShape(object value, IEnumerable<string> names)
    {
        var all = new HashSet<string>(names, StringComparer.OrdinalIgnoreCase);
        return Shapes.Value.FirstOrDefault(shape => shape.Names.Length <= all.Count && shape.Names.All(all.Contains)) is { Kind: { } kind }
            ? new GivenObject(value, kind)
            : null;
    }
}
