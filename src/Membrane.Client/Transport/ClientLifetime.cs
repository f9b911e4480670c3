using System;
using System.Threading;

namespace Membrane.Client.Transport;

/// <summary>How long a client can be used: until it is disposed of, or the client that it was made from is.</summary>
internal sealed class ClientLifetime : IDisposable
{
    // Never disposed of: it holds nothing, and requests may still link to it.
    private readonly CancellationTokenSource closing = new();
    private readonly CancellationToken[] ends;

    /// <param name="parent">The lifetime of the client that this one is made from; null for none.</param>
    public ClientLifetime(ClientLifetime? parent = null) => ends = [closing.Token, .. parent?.ends ?? []];

    public bool IsClosed => Array.Exists(ends, static end => end.IsCancellationRequested);

    /// <summary>Ends what is under way in this client and in those made from it.</summary>
    public void Dispose() => closing.Cancel();

    /// <exception cref="ObjectDisposedException">The client can no longer be used.</exception>
    public void ThrowIfClosed()
    {
        if (IsClosed)
        {
            throw new ObjectDisposedException("MembraneClient");
        }
    }

    /// <summary>Returns a source that is canceled by the caller, or with the end of the lifetime.</summary>
    public CancellationTokenSource Link(CancellationToken caller) => CancellationTokenSource.CreateLinkedTokenSource([caller, .. ends]);
}
