using System.Management.Automation;
using Membrane.Client;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Connections;
using Membrane.PowerShell.Integrations;

namespace Membrane.PowerShell.FieldMappings;

/// <summary>
/// Runs a field mapping, once for each input, and emits the mapped values. Nothing is written anywhere (POST
/// /field-mappings/{selector}/run).
/// </summary>
[Cmdlet(
    VerbsLifecycle.Invoke,
    "MembraneFieldMapping",
    SupportsShouldProcess = true,
    DefaultParameterSetName = ObjectSet,
    HelpUri = OnlineHelp.Pages + "Invoke-MembraneFieldMapping.md"
)]
[OutputType(typeof(PSObject))]
public sealed class InvokeMembraneFieldMappingCommand : MembraneBulkCommand
{
    private const string ObjectSet = "InputObject";
    private const string JsonSet = "InputJson";

    private bool isInputNamed;

    /// <summary>The field mapping: the object, its id or its key.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("FieldMappingId")]
    [ReferenceTransformation(typeof(FieldMappingReference), RefusesOthers = true)]
    [ArgumentCompleter(typeof(FieldMappingCompleter))]
    public FieldMappingReference? FieldMapping { get; set; }

    /// <summary>
    /// The connection whose field mapping is meant: the object, its id or its key. Without it, the one that the mapping belongs to.
    /// </summary>
    [Parameter(Position = 1)]
    [Alias("ConnectionId")]
    [ReferenceTransformation(typeof(ConnectionReference))]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionReference? Connection { get; set; }

    /// <summary>The values: a hashtable or any object with properties. Each object of the pipeline is mapped by itself.</summary>
    [Parameter(Position = 2, ValueFromPipeline = true, ParameterSetName = ObjectSet)]
    [Alias("Input")]
    [AllowNull]
    [ArgumentCompleter(typeof(NoCompleter))]
    public PSObject? InputObject { get; set; }

    /// <summary>The values as JSON text.</summary>
    [Parameter(Mandatory = true, ParameterSetName = JsonSet)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? InputJson { get; set; }

    /// <summary>From the app (Import) or to the app (Export). Without it, the direction of the mapping.</summary>
    [Parameter]
    [ValidateSet("Import", "Export")]
    public string? Direction { get; set; }

    /// <summary>The key of the integration, where the key of the mapping alone is not enough.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(IntegrationCompleter))]
    [RefuseNothing]
    public string? IntegrationKey { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => InputObject ?? (object?)FieldMapping?.IdOrKey;

    private protected override string Activity => "Mapping fields";

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        isInputNamed = MyInvocation.BoundParameters.ContainsKey(nameof(InputObject));
    }

    /// <inheritdoc/>
    protected override void Process() => Batch.ForEach([FieldMapping!], _ => ErrorTarget, Map);

    private void Map(FieldMappingReference mapping)
    {
        var input = ReadInput(InputObject, InputJson, isInputNamed);
        var scope = new ElementScope
        {
            ConnectionId = Connection is null ? mapping.ConnectionId : this.ResolveId(Connection),
            IntegrationKey = IntegrationKey,
        };
        var run = Batch.Client.FieldMappings.PrepareRun(mapping.IdOrKey, input, Direction?.ToLowerInvariant(), scope);
        if (!ShouldProcess(mapping.Words, "Run field mapping"))
        {
            Batch.Decline(ErrorTarget);
            return;
        }

        Batch.Submit(ErrorTarget, run);
    }
}
