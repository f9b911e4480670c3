using System;
using Membrane.Client;

namespace Membrane.PowerShell.Contexts;

/// <summary>What stands behind a context and no script sees: the client with its tokens.</summary>
internal sealed class MembraneSession(MembraneClient client) : IDisposable
{
    public MembraneClient Client { get; } = client;

    /// <summary>The session of a context, or of the default context of this runspace.</summary>
    /// <exception cref="MembraneSignInException">There is none.</exception>
    public static MembraneSession Of(MembraneContext? context)
    {
        context ??= RunspaceState.Current.DefaultContext ?? throw NotSignedIn();
        return context.Session as MembraneSession ?? throw new MembraneSignInException(
            ErrorIds.ContextDisconnected,
            $"The context '{context.Name}' was disconnected.",
            "Sign in again with Connect-Membrane.");
    }

    public static MembraneSignInException NotSignedIn() => new(
        ErrorIds.NotSignedIn,
        "You are not signed in to Membrane.",
        "Sign in with one of: Connect-Membrane -Token TOKEN; " +
        "Connect-Membrane -WorkspaceKey KEY -WorkspaceSecret SECRET -TenantKey TENANT; " +
        "Connect-Membrane -Emulator (a local workspace for trying things out); " +
        "or set MEMBRANE_TOKEN, or MEMBRANE_WORKSPACE_KEY, MEMBRANE_WORKSPACE_SECRET and MEMBRANE_TENANT_KEY, and call Connect-Membrane. " +
        "See about_Membrane_Authentication.");

    public void Dispose() => Client.Dispose();
}
