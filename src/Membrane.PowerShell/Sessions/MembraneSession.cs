using System;
using System.Linq;
using Membrane.Client;
using Membrane.Client.Authentication.Stored;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Sessions;

/// <summary>What stands behind a context and no script sees: the client with its tokens.</summary>
/// <param name="client">The client that commands use.</param>
/// <param name="tokens">Where its tokens come from.</param>
/// <param name="account">The client with the tokens of the person's account; null where there is no account.</param>
/// <param name="signIn">The stored sign-in behind the tokens; null where there is none.</param>
internal sealed class MembraneSession(
    MembraneClient client,
    ITokenSource tokens,
    MembraneClient? account = null,
    StoredTokenSource? signIn = null
) : IDisposable
{
    private readonly MembraneClient watched = client.WithObserver(CommandObserver.Instance);

    /// <summary>
    /// A client for one command, to which it reports. What a key means is looked up by each command: it may mean another connection by now.
    /// </summary>
    public MembraneClient Client => watched.WithOwnNames();

    public ITokenSource Tokens { get; } = tokens;

    public MembraneClient? Account { get; } = account;

    public StoredTokenSource? SignIn { get; } = signIn;

    /// <summary>Whether the client itself has the tokens of an account, and no workspace was chosen.</summary>
    public bool IsAccount => ReferenceEquals(client, Account);

    /// <summary>The session of a context, or of the default context of this runspace.</summary>
    /// <exception cref="MembraneSignInException">There is none.</exception>
    public static MembraneSession Of(MembraneContext? context)
    {
        var state = RunspaceState.Current;
        context ??= state.DefaultContext ?? EnvironmentContext.Make(state) ?? throw NotSignedIn();
        return context.Session as MembraneSession
            ?? throw new MembraneSignInException(
                ErrorIds.ContextDisconnected,
                $"The context '{context.Name}' was disconnected.",
                "Sign in again with Connect-Membrane."
            );
    }

    /// <summary>Returns the error of a command that names no context where none is the default.</summary>
    public static MembraneSignInException NotSignedIn() =>
        RunspaceState.Current.Failure is { } failure
            ? new(
                ErrorIds.NotSignedIn,
                $"No context is the default: {failure.Why}",
                failure.Advice
                    + (
                        RunspaceState.Current.Contexts is { Count: > 0 } others
                            ? " Or go on with an earlier context: Select-MembraneContext, or -Context, with one of "
                                + $"{string.Join(", ", others.Select(static context => $"'{context.Name}'"))}."
                            : string.Empty
                    )
            )
            : new(
                ErrorIds.NotSignedIn,
                "You are not signed in to Membrane.",
                "Sign in with one of: Connect-Membrane -Interactive (in the browser); Connect-Membrane -Token TOKEN; "
                    + "Connect-Membrane -WorkspaceKey KEY -WorkspaceSecret SECRET -TenantKey TENANT; "
                    + "Connect-Membrane -Emulator (a local workspace for trying things out); "
                    + "or set MEMBRANE_WORKSPACE_KEY, MEMBRANE_WORKSPACE_SECRET and MEMBRANE_TENANT_KEY, and call Connect-Membrane; "
                    + "or set MEMBRANE_TOKEN, which alone is enough. "
                    + "See about_Membrane_Authentication."
            );

    public void Dispose()
    {
        client.Dispose();
        Account?.Dispose();
        SignIn?.Dispose();
    }
}
