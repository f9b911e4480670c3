using System;
using System.Management.Automation;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Sessions;

namespace Membrane.PowerShell.Contexts;

/// <summary>The base of the commands that make contexts: how the context is called and how it reaches the service.</summary>
public abstract class MembraneSignInCommand : MembraneCommand
{
    private ContextFactory? contexts;

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
    internal ContextFactory Contexts => contexts ??= new ContextFactory(this);

    /// <inheritdoc/>
    protected override bool AreErrorsTerminating => true;

    /// <summary>Makes the context the default one.</summary>
    private protected void Use(MembraneContext context)
    {
        RunspaceState.Current.Add(context);
        if (PassThru)
        {
            WriteObject(context);
        }
    }
}
