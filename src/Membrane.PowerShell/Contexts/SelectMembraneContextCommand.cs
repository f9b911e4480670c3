using System.Linq;
using System.Management.Automation;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Sessions;

namespace Membrane.PowerShell.Contexts;

/// <summary>Makes a context the one that commands use when they name none.</summary>
[Cmdlet(VerbsCommon.Select, "MembraneContext", HelpUri = OnlineHelp.Pages + "Select-MembraneContext.md")]
[OutputType(typeof(MembraneContext))]
public sealed class SelectMembraneContextCommand : MembraneCommand
{
    /// <summary>The context, or its name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ContextTransformation(TakesReplaced = true)]
    [ArgumentCompleter(typeof(ContextCompleter))]
    public MembraneContext? Context { get; set; }

    /// <summary>Emit the context.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        _ = MembraneSession.Of(Context);
        if (!RunspaceState.Current.Contexts.Contains(Context))
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(Context),
                $"The context '{Context!.Name}' belongs to another runspace, and ends with it.",
                "Pass it to each command with -Context, or sign in here with Connect-Membrane."
            );
        }

        RunspaceState.Current.SetDefault(Context!);
        if (PassThru)
        {
            WriteObject(Context);
        }
    }
}
