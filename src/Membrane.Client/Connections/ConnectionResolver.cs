using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;

namespace Membrane.Client.Connections;

/// <summary>Finds the id of the connection that a person means by an id, a key, or the key of an app that is connected once.</summary>
internal sealed class ConnectionResolver
{
    private const int ShownMatches = 10;

    private readonly ConnectionIdCache known;
    private readonly ConnectionsClient connections;

    internal ConnectionResolver(ConnectionsClient connections, ConnectionIdCache known)
    {
        this.connections = connections;
        this.known = known;
    }

    /// <summary>The id. What was found is remembered by this client, for up to a thousand names.</summary>
    /// <exception cref="MembraneException">No connection (NotFound) or several (Ambiguous) fit.</exception>
    public async Task<string> ResolveIdAsync(string idOrKey, CancellationToken cancellationToken = default)
    {
        if (known.Find(idOrKey) is { } found)
        {
            return found;
        }

        var connection = await FindAsync(idOrKey, cancellationToken).ConfigureAwait(false);
        var id = connection.Id ?? idOrKey;
        known.Remember(idOrKey, id);
        return id;
    }

    /// <summary>Forgets all names of a connection that is gone.</summary>
    public void ForgetId(string id) => known.ForgetId(id);

    /// <summary>The connection with an id or key; if there is none, the only one of the app with that key. Nothing is remembered.</summary>
    /// <exception cref="MembraneApiException">It does not exist (NotFound).</exception>
    /// <exception cref="MembraneException">Several fit (Ambiguous).</exception>
    public async Task<Connection> GetAsync(string idOrKey, CancellationToken cancellationToken = default)
    {
        try
        {
            return await connections.GetAsync(idOrKey, cancellationToken).ConfigureAwait(false);
        }
        catch (MembraneApiException exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            var match = Only(
                await FindByAppAsync(idOrKey, cancellationToken).ConfigureAwait(false),
                $"'{idOrKey}' is connected more than once",
                exception
            );
            if (match is null)
            {
                throw;
            }

            return match;
        }
    }

    /// <summary>The same, and if there is none, the only one with that name. Case does not matter.</summary>
    /// <exception cref="MembraneApiException">It does not exist (NotFound).</exception>
    /// <exception cref="MembraneException">Several fit (Ambiguous).</exception>
    public async Task<Connection> GetByAnyNameAsync(string text, CancellationToken cancellationToken = default)
    {
        try
        {
            return await GetAsync(text, cancellationToken).ConfigureAwait(false);
        }
        catch (MembraneApiException exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            var match = Only(
                await FindByNameAsync(text, cancellationToken).ConfigureAwait(false),
                $"Several connections are called '{text}'",
                exception
            );
            if (match is null)
            {
                throw;
            }

            return match;
        }
    }

    /// <summary>The same as <see cref="GetAsync"/>, and the error says what was looked for. Nothing is remembered.</summary>
    /// <exception cref="MembraneException">No connection (NotFound) or several (Ambiguous) fit.</exception>
    public async Task<Connection> FindAsync(string idOrKey, CancellationToken cancellationToken = default)
    {
        try
        {
            return await GetAsync(idOrKey, cancellationToken).ConfigureAwait(false);
        }
        catch (MembraneApiException exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            throw new MembraneException(
                ErrorIds.NotFound,
                $"There is no connection with the id or key '{idOrKey}', and no app of that key is connected.",
                "List the connections to see what there is, or connect the app.",
                exception
            )
            {
                Topic = "Connection",
            };
        }
    }

    private Task<IReadOnlyList<Connection>> FindByAppAsync(string integrationKey, CancellationToken cancellationToken) =>
        FindAsync(
            connections.List(new ConnectionFilter { IntegrationKey = integrationKey }, new ListingOptions { First = ShownMatches }),
            static _ => true,
            cancellationToken
        );

    private Task<IReadOnlyList<Connection>> FindByNameAsync(string name, CancellationToken cancellationToken) =>
        FindAsync(
            connections.List(new ConnectionFilter { Search = name }),
            match => string.Equals(match.Name, name, StringComparison.OrdinalIgnoreCase),
            cancellationToken
        );

    private static async Task<IReadOnlyList<Connection>> FindAsync(
        Listing<Connection> listing,
        Func<Connection, bool> fits,
        CancellationToken cancellationToken
    )
    {
        var matches = new List<Connection>();
        await foreach (var match in listing.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (fits(match))
            {
                matches.Add(match);
            }

            if (matches.Count == ShownMatches)
            {
                break;
            }
        }

        return matches;
    }

    private static Connection? Only(IReadOnlyList<Connection> matches, string problem, Exception exception) =>
        matches.Count switch
        {
            0 => null,
            1 => matches[0],
            _ => throw new MembraneException(
                ErrorIds.Ambiguous,
                $"{problem}: {string.Join(", ", matches.Select(static match => $"{match.Name} ({match.Id})"))}.",
                "Name one of them by its id or key.",
                exception
            ),
        };
}
