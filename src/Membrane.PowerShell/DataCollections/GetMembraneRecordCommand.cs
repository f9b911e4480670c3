using System.Management.Automation;
using Membrane.Client;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Connections;

namespace Membrane.PowerShell.DataCollections;

/// <summary>
/// Gets records of a data collection: all that fit, as a stream, or those named by id (POST …/data/{dataCollectionKey}/list,
/// POST …/data/{dataCollectionKey}/find-by-id).
/// </summary>
[Cmdlet(
    VerbsCommon.Get,
    "MembraneRecord",
    DefaultParameterSetName = ListSet,
    SupportsPaging = true,
    HelpUri = OnlineHelp.Pages + "Get-MembraneRecord.md"
)]
[OutputType(typeof(DataRecord))]
public sealed class GetMembraneRecordCommand : MembraneRecordCommand
{
    private const string ListSet = "List";
    private const string OneSet = "Record";

    /// <summary>The records: objects, which are read again, or ids.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = OneSet)]
    [Alias("Id", "RecordId")]
    [ReferenceTransformation(typeof(DataRecordReference))]
    [ArgumentCompleter(typeof(NoCompleter))]
    public DataRecordReference[]? Record { get; set; }

    /// <summary>The connection: the object, its id or its key. Not needed for a collection or record that comes from one.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ConnectionId")]
    [ReferenceTransformation(typeof(ConnectionReference))]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionReference? Connection { get; set; }

    /// <summary>
    /// Values of fields that the records must have, applied by the service. Which fields it takes stands in List of the collection.
    /// </summary>
    [Parameter(ParameterSetName = ListSet)]
    [RefuseNothing]
    [JsonTransformation(MayBeText = true)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public PSObject? Filter { get; set; }

    /// <summary>Values of fields of the unified model that the records must have.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [RefuseNothing]
    [JsonTransformation(MayBeText = true)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public PSObject? UnifiedFilter { get; set; }

    /// <summary>The key of the unified model to read a record as.</summary>
    [Parameter(ParameterSetName = OneSet)]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Udm { get; set; }

    /// <summary>How many of those named are read at a time at most, 1 to 256; fewer while the service limits the rate.</summary>
    [Parameter(ParameterSetName = OneSet)]
    [ValidateRange(1, 256)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public int ThrottleLimit { get; set; } = 8;

    /// <summary>
    /// How many seconds one of those named waits at most while the service limits the rate, 0 to 86400. Without this
    /// parameter, one alone is tried four times, as by every other command.
    /// </summary>
    [Parameter(ParameterSetName = OneSet)]
    [ValidateRange(0, LongestRateLimitWaitSec)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public int MaxRateLimitWaitSec { get; set; } = UsualRateLimitWaitSec;

    /// <inheritdoc/>
    protected override object? ErrorTarget => (object?)Record ?? Collection?.IdOrKey;

    private protected override ConnectionReference? ConnectionOrNull => Connection;

    /// <inheritdoc/>
    protected override void Process()
    {
        var output = new ListOutput(this);
        if (ParameterSetName == ListSet)
        {
            var pointer = Point();
            var filter = new RecordFilter
            {
                Filter = RecordFields.Of(Filter, nameof(Filter)),
                UnifiedFilter = RecordFields.Of(UnifiedFilter, nameof(UnifiedFilter), nameof(DataRecord.UnifiedFields)),
            };
            output.Write(options => Client.Data.List(pointer, filter, options));
            return;
        }

        output.RefusePart();
        GetEach(
            Record!,
            ThrottleLimit,
            MaxRateLimitWaitSec,
            (client, record) =>
            {
                var pointer = Point(record);
                return async token => await client.Data.FindByIdAsync(pointer, record.IdOrKey, Udm, token).ConfigureAwait(false);
            }
        );
    }
}
