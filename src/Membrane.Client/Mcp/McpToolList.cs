using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Tools;

namespace Membrane.Client.Mcp;

/// <summary>The tools that a server offers, read from the service when a client asks for them.</summary>
/// <param name="read">Reads them.</param>
/// <param name="makeServices">Makes what they need to run.</param>
internal sealed class McpToolList(Func<CancellationToken, Task<Toolbox>> read, Func<ToolServices> makeServices) : IDisposable
{
    // What was read before the first client asked is as good as what it would get now, for this long.
    private static readonly TimeSpan EarlyLife = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource stopping = new();
    private readonly SemaphoreSlim reading = new(1);
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private McpToolListing? last;
    private bool isAsked;

    /// <summary>Called where the tools are others than before, on any thread.</summary>
    public Action<McpToolListing>? OnChanged { get; set; }

    /// <summary>The tools as they were read last; null before.</summary>
    public McpToolListing? Last => Volatile.Read(ref last);

    /// <summary>Reads the tools before a client asks for them.</summary>
    public Task<McpToolListing> ReadEarlyAsync() => ReadAsync(TimeSpan.Zero, stopping.Token);

    /// <summary>Gets the tools as they are now.</summary>
    /// <exception cref="MembraneException">They cannot be read.</exception>
    public Task<McpToolListing> ListAsync(CancellationToken cancellationToken)
    {
        var needed = isAsked ? clock.Elapsed : clock.Elapsed - EarlyLife;
        isAsked = true;
        return ReadAsync(needed, cancellationToken);
    }

    /// <summary>Gets the tools that are known, or reads them.</summary>
    /// <exception cref="MembraneException">They cannot be read.</exception>
    public async Task<McpToolListing> GetAsync(CancellationToken cancellationToken) =>
        Last ?? await ReadAsync(TimeSpan.MinValue, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public void Dispose() => stopping.Cancel();

    // One at a time: who waited while another read them, after it was asked for them, need not read them again.
    private async Task<McpToolListing> ReadAsync(TimeSpan notBefore, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping.Token);
        await reading.WaitAsync(either.Token).ConfigureAwait(false);
        McpToolListing? changed = null;
        try
        {
            if (Last is { } known && known.ReadAt >= notBefore)
            {
                return known;
            }

            var started = clock.Elapsed;
            var tools = await read(either.Token).ConfigureAwait(false);
            var before = Last;
            var listing = new McpToolListing(tools, makeServices(), started);
            Volatile.Write(ref last, listing);
            changed = before is not null && before.Text != listing.Text ? listing : null;
            return listing;
        }
        finally
        {
            reading.Release();
            if (changed is not null)
            {
                OnChanged?.Invoke(changed);
            }
        }
    }
}
