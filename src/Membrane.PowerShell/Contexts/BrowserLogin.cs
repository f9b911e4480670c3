using System;
using Membrane.Client.Authentication.OAuth;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Contexts;

/// <summary>Signs in with the browser of this machine. Where there is none, the sign-in is begun, to be completed on another one.</summary>
internal sealed class BrowserLogin(ConnectMembraneCommand command) : ILogin
{
    public MembraneContext? SignIn()
    {
        if (!Browser.IsAtHand(command.Host))
        {
            command.WriteWarning(
                "There is no browser at hand, so the sign-in is only begun: open the address on any machine, and pass the code that it "
                    + "shows to Complete-MembraneLogin."
            );
            return new HeadlessLogin(command).SignIn();
        }

        var contexts = command.Contexts;
        var pending = HeadlessLogin.MakePending(command);
        using OAuthClient oauth = new(contexts.MakeOptions(pending.ApiUri, null));
        HeadlessLogin.RequireWritableStore(command);
        using var signIn = command.Await(token => BrowserSignIn.BeginAsync(oauth, pending.Scope, token));
        Say($"Sign in in the browser. If no page opens, open this address on this machine: {signIn.Address}");
        if (!Browser.TryOpen(signIn.Address))
        {
            command.WriteWarning("No browser could be started. Open the address yourself.");
        }

        var tokens = command.Await(token => signIn.CompleteAsync(TimeSpan.FromSeconds(command.TimeoutSec), token));
        var stored = contexts.Keep(tokens, pending);
        return contexts.MakeContext(stored, ContextFactory.ChoiceOf(stored));
    }

    private void Say(string text) => command.WriteHost(text);
}
