using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using Membrane.PowerShell.ActionRunLogs;
using Membrane.PowerShell.Actions;
using Membrane.PowerShell.Agents;
using Membrane.PowerShell.ConnectionRequests;
using Membrane.PowerShell.Connections;
using Membrane.PowerShell.Connectors;
using Membrane.PowerShell.Data;
using Membrane.PowerShell.Elements;
using Membrane.PowerShell.ExternalApps;
using Membrane.PowerShell.Flows;
using Membrane.PowerShell.Integrations;
using Membrane.PowerShell.Tenants;

namespace Membrane.PowerShell.Common;

/// <summary>Lets an object, an id or a key be given. What is none of these is left as it is, for another parameter.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ReferenceTransformationAttribute : ArgumentTransformationAttribute
{
    private readonly Func<object, object?> find;

    /// <summary>For references of one kind.</summary>
    /// <param name="type">The kind of reference.</param>
    public ReferenceTransformationAttribute(Type type)
    {
        Type = type;
        find = type == typeof(ConnectionReference) ? ConnectionReference.From
            : type == typeof(ActionReference) ? ActionReference.From
            : type == typeof(AgentSessionReference) ? AgentSessionReference.From
            : type == typeof(ConnectionRequestReference) ? ConnectionRequestReference.From
            : type == typeof(ConnectorReference) ? ConnectorReference.From
            : type == typeof(IntegrationReference) ? IntegrationReference.From
            : type == typeof(ExternalAppReference) ? ExternalAppReference.From
            : type == typeof(ActionRunLogReference) ? ActionRunLogReference.From
            : type == typeof(DataCollectionReference) ? DataCollectionReference.From
            : type == typeof(DataRecordReference) ? DataRecordReference.From
            : type == typeof(FlowReference) ? FlowReference.From
            : type == typeof(FlowRunReference) ? FlowRunReference.From
            : type == typeof(AnyElementReference) ? AnyElementReference.From
            : type == typeof(TenantReference) ? TenantReference.From
            : throw new ArgumentException($"{type} is no kind of reference.", nameof(type));
    }

    /// <summary>The kind of reference.</summary>
    public Type Type { get; }

    /// <summary>
    /// Whether an object of another kind of ours is refused. Every object of ours has an Id, so by its property name it would
    /// be taken for what it is not: for commands that change something.
    /// </summary>
    public bool RefusesOthers { get; set; }

    /// <summary>Whether an object of another kind stands for what it refers to, such as a connection for its integration: for commands that only read.</summary>
    public bool TakesRelated { get; set; }

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = Bare(inputData);
        return value is IEnumerable several and not (string or IDictionary) ? several.Cast<object>().Select(Convert).ToArray()
            : value is null ? inputData
            : Convert(inputData);
    }

    private static object? Bare(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    // What came from another process, such as a job, is only named after its type.
    private static string? KindOf(object item) =>
        Bare(item) is MembraneModel model ? model.GetType().Name
        : item is PSObject { TypeNames: { Count: > 0 } names } && names[0].StartsWith("Deserialized.Membrane.", StringComparison.Ordinal) ? names[0].Substring("Deserialized.Membrane.".Length)
        : null;

    private object Convert(object item)
    {
        if (Bare(item) is { } bare && find(bare) is { } reference)
        {
            return reference;
        }

        if (TakesRelated && Bare(item) is MembraneModel other && RelatedIds.Find(Type, other) is { } id)
        {
            return find(id)!;
        }

        string expected = Type.Name.Replace("Reference", string.Empty);
        return RefusesOthers && item is not null && KindOf(item) is { } kind && kind != expected
            ? throw new ArgumentTransformationMetadataException($"'{item}' is of type {kind}, and a {expected} is needed: the object, its id or its key.")
            : item!;
    }
}
