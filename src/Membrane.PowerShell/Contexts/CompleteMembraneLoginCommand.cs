using System;
using System.Management.Automation;
using Membrane.Client.Authentication.OAuth;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Contexts;

/// <summary>
/// Ends a sign-in that Connect-Membrane -NonInteractive has begun, in this session or in another one of the same user
/// (POST /oauth/token): the sign-in is stored, and a context made of it.
/// </summary>
[Cmdlet(VerbsLifecycle.Complete, "MembraneLogin", SupportsShouldProcess = true, HelpUri = OnlineHelp.Pages + "Complete-MembraneLogin.md")]
[OutputType(typeof(MembraneContext))]
public sealed class CompleteMembraneLoginCommand : MembraneSignInCommand
{
    /// <summary>The code that the page shows, or the whole address of that page.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string Code { get; set; } = string.Empty;

    private protected override void SignIn()
    {
        var pending =
            Contexts.Store.FindPending(Name)
            ?? throw new MembraneSignInException(
                ErrorIds.SignInFailed,
                $"No sign-in '{Name}' has been begun.",
                "Begin one with Connect-Membrane -NonInteractive, with the same -Name."
            );
        if (pending.CreatedAt + PendingSignIn.Lifetime < DateTimeOffset.UtcNow)
        {
            throw new MembraneSignInException(
                ErrorIds.SignInFailed,
                $"The sign-in '{Name}' was begun more than {PendingSignIn.Lifetime.TotalMinutes:0} minutes ago.",
                "Begin again with Connect-Membrane -NonInteractive."
            );
        }

        if (!ShouldProcess($"{Name} ({pending.ApiUri})", "Sign in"))
        {
            return;
        }

        using OAuthClient oauth = new(Contexts.MakeOptions(pending.ApiUri, null));
        Use(HeadlessLogin.Complete(this, oauth, pending, Code));
    }
}
