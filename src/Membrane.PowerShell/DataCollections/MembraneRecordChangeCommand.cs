using System.Collections;
using System.Management.Automation;
using Membrane.Client;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Connections;

namespace Membrane.PowerShell.DataCollections;

/// <summary>The base of the commands that change records, several at a time: which collection of which connection.</summary>
public abstract class MembraneRecordChangeCommand : MembraneApiCommand
{
    private bool isConnectionNamed;

    /// <summary>The data collection: the object or its key, such as contacts.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("CollectionKey", "DataCollection")]
    [ReferenceTransformation(typeof(DataCollectionReference))]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    public DataCollectionReference? Collection { get; set; }

    /// <summary>Parameters of the collection, where it has some: values by name.</summary>
    [Parameter]
    [Alias("CollectionParameters")]
    [DictionaryTransformation]
    [RefuseNothing]
    public IDictionary? CollectionParameter { get; set; }

    /// <summary>The connection: the object, its id or its key. Not needed for a collection or record that comes from one.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("ConnectionId")]
    [ReferenceTransformation(typeof(ConnectionReference))]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionReference? Connection { get; set; }

    /// <summary>
    /// How many items are worked on at a time at most, 1 to 256; fewer while the service limits the rate. 1 does one after the
    /// other, in the order of the input.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = 8;

    /// <summary>
    /// How many seconds an input waits at most while the service limits the rate, 0 to 86400. Without this parameter, one input alone is
    /// tried four times, as by every other command.
    /// </summary>
    [Parameter]
    [ValidateRange(0, LongestRateLimitWaitSec)]
    public int MaxRateLimitWaitSec { get; set; } = UsualRateLimitWaitSec;

    /// <summary>The name of a variable for the summary of all items. It is kept up to date, also when the command is stopped.</summary>
    [Parameter]
    [RefuseNothing]
    public string? SummaryVariable { get; set; }

    /// <summary>
    /// A file for a report of the batch, with the extension .html, .csv or .json: what became of each input, errors by cause, and how many
    /// ended when. It is written whole when the command ends, also when it is stopped.
    /// </summary>
    [Parameter]
    [RefuseNothing]
    public string? ReportPath { get; set; }

    /// <summary>Replace the file of -ReportPath, where it is there already.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>What the progress bar says is being done.</summary>
    private protected abstract string Activity { get; }

    // As an item of the batch, so that it is counted, too.
    private protected sealed override void Refuse(MembraneInputException refusal) => Batch.SubmitError(ErrorTarget, refusal);

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        StartBatch(Activity, ThrottleLimit, MaxRateLimitWaitSec, SummaryVariable);
        StartReport(ReportPath, Force);
        isConnectionNamed = MyInvocation.BoundParameters.ContainsKey(nameof(Connection));
    }

    /// <inheritdoc cref="RecordPlace.Point"/>
    private protected CollectionPointer Point(DataRecordReference? record = null) =>
        RecordPlace.Point(this, Collection, CollectionParameter, Connection, isConnectionNamed, record);

    /// <summary>What two changes have in common that must not be made at the same time.</summary>
    private protected static string KeyOf(CollectionPointer pointer, string id) => string.Join("\n", pointer.ConnectionId, pointer.Key, id);
}
