using System;
using System.Collections.Generic;
using System.Net;

namespace Membrane.Emulator;

/// <summary>How an emulated workspace is started.</summary>
public sealed class EmulatorOptions
{
    /// <summary>The workspace key taken when none is given.</summary>
    public const string DefaultWorkspaceKey = "emulator-workspace";

    /// <summary>The development secret taken when none is given. It is public: never use it for anything real.</summary>
    public const string DefaultWorkspaceSecret = "emulator-development-secret-not-for-production-0123456789abcdef0";

    /// <summary>
    /// The account token that stands for a developer signed in to the emulator. It is public, and refused where
    /// <see cref="WorkspaceSecret"/> is not <see cref="DefaultWorkspaceSecret"/>.
    /// </summary>
    public const string DefaultAccountToken = "pat-emulator-development-account-token";

    /// <summary>The TCP port; 0 (the default) takes a free one.</summary>
    public int Port { get; set; }

    /// <summary>
    /// The IPv4 address to listen on, 127.0.0.1 by default. With another one, such as 0.0.0.0 in a container, every machine that
    /// reaches it can use the workspace, over plain http. On Windows that takes an administrator.
    /// </summary>
    public IPAddress ListenAddress { get; set; } = IPAddress.Loopback;

    /// <summary>The workspace key that tokens must name.</summary>
    public string WorkspaceKey { get; set; } = DefaultWorkspaceKey;

    /// <summary>The workspace secret that tokens are signed with; any length of at least one character.</summary>
    public string WorkspaceSecret { get; set; } = DefaultWorkspaceSecret;

    /// <summary>A JSON file with the apps of the workspace; without it a small built-in catalog is used.</summary>
    public string? CatalogPath { get; set; }

    /// <summary>The file that keeps the state between two runs; without it the state lives in memory only.</summary>
    public string? StatePath { get; set; }

    /// <summary>Makes ids repeatable from run to run; without it they are random.</summary>
    public int? Seed { get; set; }

    /// <summary>How long an agent works on one request, in milliseconds; 0 to 600,000, 300 by default.</summary>
    public int AgentWorkMilliseconds { get; set; } = 300;

    /// <summary>How many requests the log keeps before it forgets the oldest; 10,000 by default.</summary>
    public int RequestLogCapacity { get; set; } = 10_000;

    /// <summary>
    /// Refuses with 400 what is ignored otherwise, as the service does: unknown query parameters, and read-only members in the body of a PUT
    /// or PATCH. A single request asks for it with the header <c>membrane-emulator-strict: true</c>.
    /// </summary>
    public bool IsStrict { get; set; }

    /// <summary>Whether connections that wait for a person are approved by themselves. It can be changed while the workspace runs.</summary>
    public bool AutoApprove { get; set; }

    /// <summary>
    /// The origins, such as <c>https://app.example.com</c>, whose pages may call the API from a browser, besides those of this machine
    /// (localhost, 127.0.0.1 and [::1], any port).
    /// </summary>
    public IList<string> AllowedOrigins { get; } = new List<string>();

    /// <summary>After how long without an event a stream of events sends a comment, so that nothing between takes it for dead.</summary>
    internal TimeSpan StreamKeepAlive { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Where unexpected errors and damage of the state are reported, one text each; standard error by default.</summary>
    public System.Action<string> Report { get; set; } = Console.Error.WriteLine;

    /// <summary>How much code may take.</summary>
    internal Code.CodeLimits Code { get; } = new();

    /// <summary>The account tokens (<c>pat-…</c>) that the workspace accepts as its developer's.</summary>
    public IList<string> AccountTokens { get; } = new List<string> { DefaultAccountToken };
}
