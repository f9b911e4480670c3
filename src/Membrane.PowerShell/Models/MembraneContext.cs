using System;

namespace Membrane;

/// <summary>Where and as whom the commands of a session talk to Membrane. It never shows a secret.</summary>
public sealed class MembraneContext
{
    internal MembraneContext(string name) => Name = name;

    /// <summary>The name of the context.</summary>
    public string Name { get; }

    /// <summary>The address of the API.</summary>
    public Uri ApiUri { get; internal set; } = null!;

    /// <summary>How the context proves who it is.</summary>
    public AuthenticationType AuthenticationType { get; internal set; }

    /// <summary>The key of the workspace, where it is known.</summary>
    public string? WorkspaceKey { get; internal set; }

    /// <summary>The key of the tenant, where it is known; empty for a manager.</summary>
    public string? TenantKey { get; internal set; }

    /// <summary>Whether the context manages the whole workspace instead of acting for one tenant.</summary>
    public bool IsManager { get; internal set; }

    /// <summary>The e-mail address of the person, for a stored sign-in; empty for others.</summary>
    public string? Email { get; internal set; }

    /// <summary>When the present token ends; empty where it is not known or does not end.</summary>
    public DateTimeOffset? ExpiresAt => ExpirySource?.Invoke();

    /// <summary>The emulator that the context talks to; empty for the service.</summary>
    public MembraneEmulator? Emulator { get; internal set; }

    /// <summary>Whether commands use this context when they name none.</summary>
    public bool IsDefault { get; internal set; }

    /// <summary>Whether the context can be used; false after Disconnect-Membrane.</summary>
    public bool IsConnected => Session is not null;

    internal object? Session { get; set; }

    internal Func<DateTimeOffset?>? ExpirySource { get; set; }

    /// <summary>The name of the context.</summary>
    public override string ToString() => Name;
}
