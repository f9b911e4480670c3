using System;
using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Tools;

namespace Membrane.Client.Mcp;

/// <summary>
/// A server of the Model Context Protocol that has tools only: what all its clients share. It knows of no transport: each client, or
/// each request of one that has no session, is an <see cref="McpSession"/>.
/// </summary>
/// <param name="readTools">Reads the tools from the service.</param>
/// <param name="makeServices">Makes what tools need to run.</param>
/// <param name="instructions">What the model should know.</param>
/// <param name="throttleLimit">The maximum number of calls that run at the same time.</param>
/// <param name="refreshInterval">How often the tools are read again while a client is to be told of changes.</param>
internal sealed class LocalMcpServer(
    Func<CancellationToken, Task<Toolbox>> readTools,
    Func<ToolServices> makeServices,
    string instructions,
    int throttleLimit,
    TimeSpan refreshInterval
) : IDisposable
{
    private readonly ConcurrentDictionary<McpListener, bool> listeners = new();
    private readonly CancellationTokenSource leaving = new();
    private int isWatching;

    /// <summary>Receives what a user may want to know. May be called on any thread.</summary>
    public System.Action<string>? Note { get; init; }

    /// <summary>Receives what a user has to know. May be called on any thread.</summary>
    public System.Action<string>? Warn { get; init; }

    /// <summary>The tools.</summary>
    public McpToolList Tools { get; } = new(readTools, makeServices);

    /// <summary>What the model should know.</summary>
    public string Instructions => instructions;

    /// <summary>Lets as many calls run at the same time as may.</summary>
    public SemaphoreSlim Throttle { get; } = new(throttleLimit);

    /// <summary>Canceled when the server ends.</summary>
    public CancellationToken Leaving => leaving.Token;

    /// <summary>The server, as it names itself to clients.</summary>
    public static JsonObject Name() =>
        new()
        {
            ["name"] = "membrane",
            ["title"] = "Membrane",
            ["version"] = typeof(LocalMcpServer).Assembly.GetName().Version!.ToString(3),
        };

    /// <summary>Begins to read the tools, so that the first client that asks need not wait as long.</summary>
    public async Task ReadEarlyAsync()
    {
        Tools.OnChanged = Tell;
        try
        {
            var tools = await Tools.ReadEarlyAsync().ConfigureAwait(false);
            Note?.Invoke($"Serving {tools.Tools.Tools.Count} tools.");
        }
        catch (MembraneException exception)
        {
            Warn?.Invoke($"The tools could not be read; they are read again when a client asks for them. {exception.Message}");
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            // The server has ended before.
        }
    }

    /// <summary>Tells a client from now on that the tools have changed.</summary>
    public void Listen(McpListener listener)
    {
        listeners[listener] = true;
        if (Interlocked.Exchange(ref isWatching, 1) == 0)
        {
            _ = Task.Run(WatchAsync);
        }
    }

    /// <summary>Tells a client no more.</summary>
    public void StopListening(McpListener listener) => listeners.TryRemove(listener, out var _);

    /// <inheritdoc/>
    public void Dispose()
    {
        leaving.Cancel();
        Tools.Dispose();
    }

    private void Tell(McpToolListing tools)
    {
        foreach (var listener in listeners.Keys)
        {
            // Each by itself: one that reads slowly must not hold up the others.
            _ = Task.Run(() => listener.Tell(tools));
        }
    }

    // The service does not say when an action is added; so it is asked, while a client wants to know.
    private async Task WatchAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(refreshInterval, Leaving).ConfigureAwait(false);
                if (listeners.IsEmpty)
                {
                    continue;
                }

                try
                {
                    await Tools.ListAsync(Leaving).ConfigureAwait(false);
                }
                catch (MembraneException exception)
                {
                    Note?.Invoke($"The tools could not be read again: {exception.Message}");
                }
#pragma warning disable CA1031 // Without it, clients would hear of no change for as long as the server runs.
                catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
                {
                    Warn?.Invoke($"The tools could not be read again: {exception.GetType().Name}.");
                }
            }
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            // The server ends.
        }
    }
}
