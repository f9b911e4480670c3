using System;
using System.Linq;
using System.Management.Automation;
using Membrane.PowerShell.Actions;
using Membrane.PowerShell.Agents;
using Membrane.PowerShell.ConnectionRequests;
using Membrane.PowerShell.Connections;
using Membrane.PowerShell.Data;
using Membrane.PowerShell.Elements;
using Membrane.PowerShell.Flows;
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
            : type == typeof(CollectionReference) ? CollectionReference.From
            : type == typeof(RecordReference) ? RecordReference.From
            : type == typeof(FlowReference) ? FlowReference.From
            : type == typeof(FlowRunReference) ? FlowRunReference.From
            : type == typeof(AnyElementReference) ? AnyElementReference.From
            : type == typeof(TenantReference) ? TenantReference.From
            : throw new ArgumentException($"{type} is no kind of reference.", nameof(type));
    }

    /// <summary>The kind of reference.</summary>
    public Type Type { get; }

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = Bare(inputData);
        return value is object[] several
            ? several.Select(item => Bare(item) is { } bare ? find(bare) ?? item : item).ToArray()
            : value is null ? inputData : find(value) ?? inputData;
    }

    private static object? Bare(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
