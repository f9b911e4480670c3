using System;

namespace Membrane;

/// <summary>A local Membrane workspace that runs in this process.</summary>
public sealed class MembraneEmulator
{
    internal MembraneEmulator(Uri apiUri, object host)
    {
        ApiUri = apiUri;
        Host = host;
    }

    /// <summary>The address of its API.</summary>
    public Uri ApiUri { get; }

    /// <summary>The key of its workspace.</summary>
    public string WorkspaceKey { get; internal set; } = string.Empty;

    /// <summary>The file with its apps; empty for the built-in ones.</summary>
    public string? CatalogPath { get; internal set; }

    /// <summary>The file that its state is kept in; empty where it is kept in memory only.</summary>
    public string? StatePath { get; internal set; }

    /// <summary>When it was started.</summary>
    public DateTimeOffset StartedAt { get; internal set; }

    internal object Host { get; }

    /// <summary>Whether it was started only for a context, and stops with the last one that uses it.</summary>
    internal bool EndsWithContexts { get; set; }

    /// <summary>The address of its API.</summary>
    public override string ToString() => ApiUri.ToString();
}
