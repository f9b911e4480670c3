using System.Management.Automation;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Sessions;

namespace Membrane.PowerShell.Contexts;

/// <summary>
/// Signs out: ends a context, and what is under way with it. A stored sign-in stays for the next session, unless it is revoked. An
/// emulator that Connect-Membrane started stops with its last context.
/// </summary>
[Cmdlet(
    VerbsCommunications.Disconnect,
    "Membrane",
    SupportsShouldProcess = true,
    DefaultParameterSetName = OneSet,
    HelpUri = OnlineHelp.Pages + "Disconnect-Membrane.md"
)]
[OutputType(typeof(MembraneContext))]
public sealed class DisconnectMembraneCommand : MembraneCommand
{
    private const string OneSet = "Context";
    private const string AllSet = "All";

    /// <summary>The context, or its name. Without it, the default context.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = OneSet)]
    [ContextTransformation(TakesReplaced = true)]
    [ArgumentCompleter(typeof(ContextCompleter))]
    public MembraneContext? Context { get; set; }

    /// <summary>End all contexts of this session.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AllSet)]
    public SwitchParameter All { get; set; }

    /// <summary>
    /// End the stored sign-in behind the context, too: at the service (POST /oauth/revoke), and in the file. With -All, where there is one.
    /// </summary>
    [Parameter]
    public SwitchParameter Revoke { get; set; }

    /// <summary>Emit the ended contexts.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var state = RunspaceState.Current;
        if (All)
        {
            foreach (var context in state.Contexts)
            {
                try
                {
                    End(state, context);
                }
                catch (MembraneException exception)
                {
                    WriteError(exception, context.Name);
                }
            }

            return;
        }

        End(state, Context ?? state.DefaultContext ?? throw MembraneSession.NotSignedIn());
    }

    private void End(RunspaceState state, MembraneContext context)
    {
        var signIn = Revoke ? MembraneSession.Of(context).SignIn : null;
        if (Revoke && signIn is null && !All)
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(Revoke),
                $"The context '{context.Name}' has no stored sign-in that could be revoked.",
                "Leave out -Revoke. Tokens are ended in the console of Membrane."
            );
        }

        if (!ShouldProcess($"{context.Name} ({context.ApiUri})", signIn is null ? "Disconnect" : "Disconnect and revoke the sign-in"))
        {
            return;
        }

        if (signIn is not null)
        {
            Await(token => signIn.RevokeAsync(token));
        }

        state.Remove(context);
        state.StopUnused(context.Emulator);
        if (PassThru)
        {
            WriteObject(context);
        }
    }
}
