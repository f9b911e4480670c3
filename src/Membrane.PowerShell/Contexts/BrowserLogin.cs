using System;
using Membrane.Client.Authentication.OAuth;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Sessions;

namespace Membrane.PowerShell.Contexts;

/// <summary>
/// Signs in with the browser of this machine. Where there is none, or another one is wanted, with a code: the user is asked for it, and
/// where that is not possible, the sign-in is begun, to be completed later.
/// </summary>
internal sealed class BrowserLogin(ConnectMembraneCommand command) : ILogin
{
    public MembraneContext? SignIn()
    {
        // The page of a sign-in by browser comes back to this machine: of no use on the phone that has read a QR code.
        if (command.NoBrowser || command.ShowQRCode || !Browser.IsAtHand(command.Host))
        {
            return new HeadlessLogin(command) { AsksForCode = Interactivity.CanAnswer(command.Host) }.SignIn();
        }

        var contexts = command.Contexts;
        var pending = HeadlessLogin.MakePending(command);
        using OAuthClient oauth = new(contexts.MakeOptions(pending.ApiUri, null));
        HeadlessLogin.RequireWritableStore(command);
        using var signIn = command.Await(token => BrowserSignIn.BeginAsync(oauth, pending.Scope, token));
        var person = new PersonOutput(command);
        var address = signIn.Address.AbsoluteUri;
        if (Browser.TryOpen(signIn.Address))
        {
            person.SayOpenPage("Sign in in the browser. If no page opens, open this one on this machine:", address);
        }
        else
        {
            person.SayPage("No browser could be started. Open this page on this machine:", address);
        }

        var tokens = command.Await(token => signIn.CompleteAsync(TimeSpan.FromSeconds(command.TimeoutSec), token));
        var stored = command.Await(token => contexts.KeepAsync(tokens, pending, token));
        return contexts.MakeContext(stored, ContextFactory.ChoiceOf(stored));
    }
}
