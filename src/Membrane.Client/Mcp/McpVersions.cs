using System.Collections.Generic;

namespace Membrane.Client.Mcp;

/// <summary>The revisions of the Model Context Protocol that the servers here speak.</summary>
internal static class McpVersions
{
    /// <summary>The revision without a handshake: each request says for itself what it speaks.</summary>
    public const string Stateless = "2026-07-28";

    /// <summary>The one revision whose servers must take batches.</summary>
    public const string WithBatches = "2025-03-26";

    /// <summary>The revisions that begin with <c>initialize</c>, the newest first.</summary>
    public static readonly IReadOnlyList<string> Handshake = ["2025-11-25", "2025-06-18", WithBatches, "2024-11-05"];

    /// <summary>All of them, the newest first.</summary>
    public static readonly IReadOnlyList<string> All = [Stateless, .. Handshake];
}
