using System;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Sessions;
using RunspaceState = Membrane.PowerShell.Sessions.RunspaceState;

namespace Membrane.PowerShell.Contexts;

/// <summary>The base of the commands that make contexts: how the context is called and how it reaches the service.</summary>
public abstract class MembraneSignInCommand : MembraneCommand
{
    private ContextFactory? contexts;
    private bool hasBegun;
    private bool isSettled;
    private string? problem;

    /// <summary>A name for the context. One of the same name is replaced; a stored sign-in is kept under it.</summary>
    [Parameter]
    [RefuseNothing]
    [ArgumentCompleter(typeof(ContextCompleter))]
    public string Name { get; set; } = RunspaceState.DefaultContextName;

    /// <summary>
    /// Allow plain http to another machine, such as an emulator in a container: tokens and data are sent without encryption.
    /// </summary>
    [Parameter]
    public SwitchParameter AllowUnencryptedAuthentication { get; set; }

    /// <summary>How many seconds a request may take, from 1; a request that waits for something gets them on top.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public int RequestTimeoutSec { get; set; } = 100;

    /// <summary>
    /// The address of a proxy. Without it, the one of the system or of the environment is used, except for loopback addresses.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(NoCompleter))]
    public Uri? Proxy { get; set; }

    /// <summary>Who to be for the proxy.</summary>
    [Parameter]
    [Credential]
    [ArgumentCompleter(typeof(NoCompleter))]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>Use no proxy, whatever the system and the environment say.</summary>
    [Parameter]
    public SwitchParameter NoProxy { get; set; }

    /// <summary>Emit the context.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Makes contexts from what the parameters say.</summary>
    internal ContextFactory Contexts =>
        contexts ??= new ContextFactory(
            new ContextSettings
            {
                Name = Name,
                AllowUnencryptedAuthentication = AllowUnencryptedAuthentication,
                RequestTimeout = TimeSpan.FromSeconds(RequestTimeoutSec),
                Proxy = ProxyChoice.Make(this),
                HostVersion = Host.Version,
            }
        );

    /// <inheritdoc/>
    protected override bool AreErrorsTerminating => true;

    /// <inheritdoc/>
    protected sealed override void Process()
    {
        hasBegun = true;
        try
        {
            SignIn();
            isSettled = true;
        }
        catch (MembraneException exception)
        {
            problem = exception.Message;
            throw;
        }
    }

    /// <summary>Signs in, and uses the context.</summary>
    private protected abstract void SignIn();

    /// <summary>Makes the context the default one, and says who and where that is.</summary>
    private protected void Use(MembraneContext context)
    {
        RunspaceState.Current.Add(context);
        new PersonOutput(this).Say(ContextText.Describe(context));
        if (PassThru)
        {
            WriteObject(context);
        }
    }

    /// <summary>Notes a sign-in that is only begun: until it is completed, there is no context to go on with.</summary>
    internal void Begun() =>
        RunspaceState.Current.Fail(
            new SignInFailure(Name, $"the sign-in '{Name}' was begun and is not completed.", "Complete it with Complete-MembraneLogin.")
        );

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        // Also after Ctrl+C, and where the engine has refused a parameter, so that the command did not even begin and has no name yet.
        if (disposing && !isSettled && Runspace.DefaultRunspace is not null)
        {
            var command = MyInvocation?.MyCommand?.Name ?? "Connect-Membrane";
            var what = hasBegun ? $"{command} did not succeed for the context '{Name}'" : $"the last {command} did not succeed";
            RunspaceState.Current.Fail(
                new SignInFailure(Name, problem is null ? what + "." : $"{what}: {problem}", "Sign in again with Connect-Membrane.")
            );
        }

        base.Dispose(disposing);
    }
}
