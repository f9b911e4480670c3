using System.Management.Automation;
using Membrane.Client;
using Membrane.Client.Elements;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Connections;
using Membrane.PowerShell.Integrations;

namespace Membrane.PowerShell.Elements;

/// <summary>The base of the commands that do something with one element after the other: its type and where its key is looked up.</summary>
public abstract class MembraneElementCommand : MembraneApiCommand
{
    /// <summary>The type of the element, such as data-source. Not needed for an object, which knows its type.</summary>
    [Parameter(Position = 0)]
    [Alias("ElementType")]
    [ArgumentCompleter(typeof(ElementTypeCompleter))]
    [RefuseNothing]
    public string? Type { get; set; }

    /// <summary>The element: the object, its id or its key.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id", "Key")]
    [ReferenceTransformation(typeof(AnyElementReference))]
    [ArgumentCompleter(typeof(ElementCompleter))]
    public AnyElementReference? Element { get; set; }

    /// <summary>The connection that the element belongs to: the object, its id or its key.</summary>
    [Parameter]
    [Alias("ConnectionId")]
    [ReferenceTransformation(typeof(ConnectionReference))]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionReference? Connection { get; set; }

    /// <summary>The key of the integration that the element belongs to.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(IntegrationCompleter))]
    [RefuseNothing]
    public string? IntegrationKey { get; set; }

    /// <summary>The layer that the element belongs to.</summary>
    [Parameter]
    [ValidateSet("universal", "integration", "connection")]
    public string? Layer { get; set; }

    /// <summary>What tells apart several instances on one connection.</summary>
    [Parameter]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? InstanceKey { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => Element?.IdOrKey;

    /// <summary>The type that is meant.</summary>
    /// <exception cref="MembraneInputException">Nothing says which type, or there is no such type.</exception>
    private protected ElementType FindType() =>
        ElementTypes.Find(
            Element?.ElementType
                ?? Type
                ?? throw new MembraneInputException(
                    ErrorIds.InvalidInput,
                    nameof(Type),
                    $"Nothing says of which type '{Element}' is.",
                    "Pass -Type, such as data-source, or an object that knows its type."
                )
        );

    /// <summary>Where the key is looked up. An element of a connection is changed with its connection named.</summary>
    private protected ElementScope Scope(ElementType type) =>
        new()
        {
            ConnectionId = this.ResolveId(Connection) ?? (type.Can(ElementAbilities.Scope) ? Element!.ConnectionId : null),
            IntegrationKey = IntegrationKey,
            Layer = Layer,
            InstanceKey = InstanceKey,
        };
}
