using System.Management.Automation;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Connections;

namespace Membrane.PowerShell.DataCollections;

/// <summary>
/// Finds records of a data collection: by text, as a stream, or the one whose fields have given values
/// (POST …/data/{dataCollectionKey}/search, POST …/data/{dataCollectionKey}/match).
/// </summary>
[Cmdlet(
    VerbsCommon.Find,
    "MembraneRecord",
    DefaultParameterSetName = SearchSet,
    SupportsPaging = true,
    HelpUri = OnlineHelp.Pages + "Find-MembraneRecord.md"
)]
[OutputType(typeof(DataRecord))]
public sealed class FindMembraneRecordCommand : MembraneRecordCommand
{
    private const string SearchSet = "Query";
    private const string MatchSet = "Match";

    /// <summary>The text to look for.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = SearchSet)]
    [Alias("Search")]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Query { get; set; }

    /// <summary>The fields and their values: a hashtable, or a record that has them. At most one record is emitted.</summary>
    [Parameter(Mandatory = true, ParameterSetName = MatchSet)]
    [Alias("Field")]
    [RefuseNothing]
    [JsonTransformation(MayBeText = true)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public PSObject? Match { get; set; }

    /// <summary>The connection: the object, its id or its key. Not needed for a collection that comes from one.</summary>
    [Parameter(Position = 2, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ConnectionId")]
    [ReferenceTransformation(typeof(ConnectionReference))]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionReference? Connection { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => Collection?.IdOrKey;

    private protected override ConnectionReference? ConnectionOrNull => Connection;

    /// <inheritdoc/>
    protected override void Process()
    {
        var output = new ListOutput(this);
        if (ParameterSetName == SearchSet)
        {
            var found = Point();
            output.Write(options => Client.Data.Search(found, Query!, options));
            return;
        }

        output.RefusePart();
        var pointer = Point();
        var match = RecordFields.Of(Match, nameof(Match))!;
        if (Await(token => Client.Data.MatchAsync(pointer, match, token)) is { } record)
        {
            WriteObject(record);
        }
    }
}
