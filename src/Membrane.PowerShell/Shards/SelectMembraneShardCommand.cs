using System;
using System.Management.Automation;
using Membrane.Client.Shards;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Shards;

/// <summary>
/// Passes on the rows of one shard of an input, as they are. Every row is in exactly one of the shards, and which one follows from the row
/// alone, so that workers on several machines share an input without a coordinator.
/// </summary>
[Cmdlet(VerbsCommon.Select, "MembraneShard", DefaultParameterSetName = IndexSet, HelpUri = OnlineHelp.Pages + "Select-MembraneShard.md")]
[OutputType(typeof(PSObject))]
public sealed class SelectMembraneShardCommand : MembraneCommand
{
    private const string IndexSet = "Index";
    private const string EnvironmentSet = "IndexFromEnvironment";

    private Shard? shard;
    private long rows;

    /// <summary>The number of the shard, from 0.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = IndexSet)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public int Index { get; set; }

    /// <summary>How many shards there are. With -IndexFromEnvironment it is needed only where the environment does not tell.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = IndexSet)]
    [Parameter(ParameterSetName = EnvironmentSet)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public int Count { get; set; }

    /// <summary>Take the number from the environment variable of the program that started this worker.</summary>
    [Parameter(Mandatory = true, ParameterSetName = EnvironmentSet)]
    public SwitchParameter IndexFromEnvironment { get; set; }

    /// <summary>
    /// The property that says to which shard a row belongs: rows with equal values are in the same one. Without it, the content of the
    /// whole row does.
    /// </summary>
    [Parameter]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Key { get; set; }

    /// <summary>The rows: objects with properties, hashtables, rows of a table, or simple values.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(NoCompleter))]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => InputObject;

    /// <inheritdoc/>
    protected override void Begin()
    {
        var worker = IndexFromEnvironment
            ? WorkerNumber.Read(IsNamed(nameof(Count)) ? Count : null, Environment.GetEnvironmentVariable)
            : new WorkerNumber(Index, Count);
        WriteVerbose($"This is shard {worker.Index} of {worker.Count}.");
        shard = new Shard(worker.Index, worker.Count, Key, PowerShellObjectAdapter.Instance);
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        rows++;
        try
        {
            if (shard!.Has(InputObject, rows))
            {
                WriteObject(InputObject);
            }
        }
        catch (MembraneInputException exception)
        {
            exception.InputIndex = rows - 1;
            throw;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        shard?.Dispose();
    }
}
