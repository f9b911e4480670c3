using System;
using System.Collections.Concurrent;
using System.Net;
using System.Threading;
using System.Threading.Tasks;

namespace Membrane.Client.Actions;

/// <summary>Caches actions: each is read once, however many inputs it is run with. Safe for use from several threads.</summary>
/// <remarks>It lives as long as a command runs.</remarks>
/// <param name="actions">Where the actions come from.</param>
internal sealed class ActionCache(ActionsClient actions)
{
    private readonly ConcurrentDictionary<
        (string IdOrKey, string? ConnectionId, string? IntegrationKey),
        Lazy<Task<MembraneAction?>>
    > known = new();

    /// <summary>Gets the action, or null where the service does not show it: running it may be allowed anyway.</summary>
    /// <param name="selector">Which one.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="MembraneException">It could not be asked for.</exception>
    public async Task<MembraneAction?> FindAsync(ActionSelector selector, CancellationToken cancellationToken = default)
    {
        (string, string?, string?) key = (selector.IdOrKey, selector.ConnectionId, selector.IntegrationKey);
        var entry = known.GetOrAdd(key, _ => new Lazy<Task<MembraneAction?>>(() => GetAsync(selector, cancellationToken)));
        try
        {
            return await entry.Value.ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is MembraneException or OperationCanceledException)
        {
            // The next input may succeed.
            known.TryRemove(key, out _);
            throw;
        }
    }

    private async Task<MembraneAction?> GetAsync(ActionSelector selector, CancellationToken cancellationToken)
    {
        try
        {
            return await actions.GetAsync(selector, cancellationToken).ConfigureAwait(false);
        }
        catch (MembraneApiException exception)
            when (exception.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden or HttpStatusCode.BadRequest)
        {
            return null;
        }
    }
}
