using System.Management.Automation;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Contexts;

/// <summary>Signs out: ends a context, and what is under way with it.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "Membrane", SupportsShouldProcess = true, DefaultParameterSetName = OneSet)]
[OutputType(typeof(MembraneContext))]
public sealed class DisconnectMembraneCommand : MembraneCommand
{
    private const string OneSet = "Context";
    private const string AllSet = "All";

    /// <summary>The context, or its name. Without it, the default context.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = OneSet)]
    [ContextTransformation]
    [ArgumentCompleter(typeof(ContextCompleter))]
    public MembraneContext? Context { get; set; }

    /// <summary>End all contexts of this session.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AllSet)]
    public SwitchParameter All { get; set; }

    /// <summary>Emit the ended contexts.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        RunspaceState state = RunspaceState.Current;
        if (All)
        {
            foreach (MembraneContext context in state.Contexts)
            {
                End(state, context);
            }

            return;
        }

        End(state, Context ?? state.DefaultContext ?? throw MembraneSession.NotSignedIn());
    }

    private void End(RunspaceState state, MembraneContext context)
    {
        if (!ShouldProcess($"{context.Name} ({context.ApiUri})", "Disconnect"))
        {
            return;
        }

        state.Remove(context);
        if (PassThru)
        {
            WriteObject(context);
        }
    }
}
