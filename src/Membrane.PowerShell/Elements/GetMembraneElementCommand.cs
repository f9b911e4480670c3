using System.Collections;
using System.Management.Automation;
using Membrane.Client;
using Membrane.Client.Elements;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Connections;
using Membrane.PowerShell.Integrations;

namespace Membrane.PowerShell.Elements;

/// <summary>
/// Gets elements of any type: all that fit, as a stream, or those named by id or key, with all their fields (GET /{type}s, GET
/// /{type}s/{selector}).
/// </summary>
[Cmdlet(
    VerbsCommon.Get,
    "MembraneElement",
    DefaultParameterSetName = ListSet,
    SupportsPaging = true,
    HelpUri = OnlineHelp.Pages + "Get-MembraneElement.md"
)]
[OutputType(typeof(Element))]
public sealed class GetMembraneElementCommand : MembraneListCommand
{
    private const string OneSet = "Element";

    /// <summary>The type of the elements, such as data-source. Not needed for objects, which know their type.</summary>
    [Parameter(Position = 0)]
    [Alias("ElementType")]
    [ArgumentCompleter(typeof(ElementTypeCompleter))]
    [RefuseNothing]
    public string? Type { get; set; }

    /// <summary>The elements: objects, which are read again, ids or keys.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ParameterSetName = OneSet)]
    [Alias("Id", "Key")]
    [ReferenceTransformation(typeof(AnyElementReference))]
    [ArgumentCompleter(typeof(ElementCompleter))]
    public AnyElementReference[]? Element { get; set; }

    /// <summary>The connection that the elements belong to: the object, its id or its key.</summary>
    [Parameter]
    [Alias("ConnectionId")]
    [ReferenceTransformation(typeof(ConnectionReference))]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionReference? Connection { get; set; }

    /// <summary>The key of the integration that the elements belong to.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(IntegrationCompleter))]
    [RefuseNothing]
    public string? IntegrationKey { get; set; }

    /// <summary>The layer that the elements belong to.</summary>
    [Parameter]
    [ValidateSet("universal", "integration", "connection")]
    public string? Layer { get; set; }

    /// <summary>What tells apart several instances on one connection.</summary>
    [Parameter]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? InstanceKey { get; set; }

    /// <summary>The name of the elements; wildcards are allowed. It is compared here, after the service's own filters.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [SupportsWildcards]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Name { get; set; }

    /// <summary>Text in the name or key, found by the service.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Search { get; set; }

    /// <summary>List archived elements too.</summary>
    [Parameter(ParameterSetName = ListSet)]
    public SwitchParameter IncludeArchived { get; set; }

    /// <summary>Further query parameters of the type's list, by their own names.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("Query")]
    [DictionaryTransformation]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public IDictionary? Filter { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => (object?)Element ?? Type;

    private protected override void GetNamed() =>
        ForEach(
            Element!,
            element =>
            {
                var type = FindType(element.ElementType ?? Type);
                var scope = Scope(type.Can(ElementAbilities.Scope) ? element.ConnectionId : null);
                WriteObject(Await(token => Client.Elements.GetAsync(type, element.IdOrKey, scope, token)));
            }
        );

    private static ElementType FindType(string? name) =>
        ElementTypes.Find(
            name
                ?? throw new MembraneInputException(
                    ErrorIds.InvalidInput,
                    nameof(Type),
                    "Nothing says which type of elements is meant.",
                    "Pass -Type, such as data-source, or objects that know their type."
                )
        );

    private ElementScope Scope(string? connectionId) =>
        new()
        {
            ConnectionId = this.ResolveId(Connection) ?? connectionId,
            IntegrationKey = IntegrationKey,
            Layer = Layer,
            InstanceKey = InstanceKey,
        };

    private protected override void List()
    {
        var type = FindType(Type);
        var filter = new ElementFilter
        {
            Search = Search,
            IncludeArchived = IncludeArchived,
            Scope = Scope(null),
            Query = Dictionaries.Pairs(Filter),
        };
        var name = NamePattern.Read(Name, nameof(Name));
        Stream(options => Client.Elements.List(type, filter, options), name, static element => element.Name);
    }
}
