using System;
using System.Net;

namespace Membrane.PowerShell.Sessions;

/// <summary>What a context is called, and how it reaches the service.</summary>
internal sealed class ContextSettings
{
    public string Name { get; init; } = RunspaceState.DefaultContextName;

    public bool AllowUnencryptedAuthentication { get; init; }

    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>The proxy; one without an address means none, and null that of the system.</summary>
    public IWebProxy? Proxy { get; init; }

    /// <summary>The version of the program that hosts PowerShell, for the service to read.</summary>
    public Version? HostVersion { get; init; }
}
