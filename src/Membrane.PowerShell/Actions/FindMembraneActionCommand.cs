using System.Management.Automation;
using Membrane.Client;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Connections;

namespace Membrane.PowerShell.Actions;

/// <summary>Finds actions by what they should do, best first (GET /actions with an intent).</summary>
[Cmdlet(VerbsCommon.Find, "MembraneAction", HelpUri = OnlineHelp.Pages + "Find-MembraneAction.md")]
[OutputType(typeof(Action))]
public sealed class FindMembraneActionCommand : MembraneApiCommand
{
    /// <summary>What the action should do, in plain words, 1 to 200 characters.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateLength(1, ActionFilter.MaxIntentLength)]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Intent { get; set; }

    /// <summary>The connection to find actions for: the object, its id or its key.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ConnectionId")]
    [ReferenceTransformation(typeof(ConnectionReference), TakesRelated = true)]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionReference? Connection { get; set; }

    /// <summary>How many actions at most, 1 to 1000. Default 10.</summary>
    [Parameter]
    [Alias("Limit")]
    [ValidateRange(1, 1000)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public int First { get; set; } = 10;

    /// <inheritdoc/>
    protected override object? ErrorTarget => Connection?.IdOrKey;

    /// <inheritdoc/>
    protected override void Process()
    {
        var filter = new ActionFilter { ConnectionId = this.ResolveId(Connection), Intent = Intent };
        Stream(Client.Actions.List(filter, new ListingOptions { First = First }));
    }
}
