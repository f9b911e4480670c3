using System;
using System.Security;

namespace Membrane;

/// <summary>A server of the Model Context Protocol, and what to paste into the configuration of a client that is to use it.</summary>
public sealed class McpServer
{
    internal McpServer(string name) => Name = name;

    /// <summary>What the client calls the server.</summary>
    public string Name { get; }

    /// <summary>How the client reaches the server: http, sse or stdio.</summary>
    public string? Transport { get; internal set; }

    /// <summary>The address; empty for a server that the client starts itself.</summary>
    public Uri? Address { get; internal set; }

    /// <summary>The command line of a server that the client starts itself; empty for an address.</summary>
    public string? CommandLine { get; internal set; }

    /// <summary>The client that the configuration is for; empty where none was asked for.</summary>
    public string? Client { get; internal set; }

    /// <summary>Where the configuration belongs.</summary>
    public string? ConfigurationPath { get; internal set; }

    /// <summary>The configuration: text to paste. It holds a token only where that was asked for.</summary>
    public string? Configuration { get; internal set; }

    /// <summary>The environment variable from which the client takes the token.</summary>
    public string? TokenVariable { get; internal set; }

    /// <summary>The token that a server over HTTP on this machine asks for. Empty for others.</summary>
    public SecureString? Token { get; internal set; }

    /// <summary>Whether the configuration, or this object, holds a token, and so is a secret.</summary>
    public bool HasToken { get; internal set; }

    /// <summary>The name and the address or the command line.</summary>
    public override string ToString() => $"{Name} ({Address?.ToString() ?? CommandLine})";
}
