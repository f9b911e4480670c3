using System;
using System.Collections.Generic;

namespace Membrane.Client.Mcp;

/// <summary>A server's entry in the configuration of a client: an address with a token, or a program on this machine.</summary>
internal sealed class McpServerEntry
{
    /// <summary>What the client calls the server.</summary>
    public string Name { get; init; } = "membrane";

    /// <summary>The address; null for a program.</summary>
    public Uri? Address { get; init; }

    /// <summary>Whether the address is that of server-sent events, the older transport; its token is part of the query.</summary>
    public bool IsEventStream { get; init; }

    /// <summary>The program; null for an address.</summary>
    public string? Command { get; init; }

    /// <summary>Its arguments.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Further environment variables of the program.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; } = [];

    /// <summary>The environment variable that has the token.</summary>
    public string TokenVariable { get; init; } = "MEMBRANE_TOKEN";

    /// <summary>The token itself, where the configuration is to contain it; null where it refers to the variable.</summary>
    public string? Token { get; init; }

    /// <summary>Whether the program needs the token: not where a sign-in is stored on the machine.</summary>
    public bool NeedsToken { get; init; } = true;
}
