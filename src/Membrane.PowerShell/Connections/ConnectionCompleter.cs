using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Connections;

/// <summary>
/// Completes connections by their key or by the key of their app, where that is the key of no other one, else by id; for what was typed of
/// any of these or of the name.
/// </summary>
public class ConnectionCompleter : LiveCompleter
{
    private const int MaxShown = 100;
    private const int MaxRead = 1000;

    // Fewer letters begin the ids of all of them.
    private const int ShortestId = 5;

    /// <summary>Whether only an id will do.</summary>
    private protected virtual bool TakesOnlyIds => false;

    private protected override async Task ReadAsync(CompletionRequest request, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, Connection>();
        if (request.Typed.Trim() is { Length: > 0 } typed)
        {
            await AddAsync(new ConnectionFilter { Search = typed }, MaxShown).ConfigureAwait(false);
            AddWords(request, found.Values, areAll: false);
        }

        // A search finds no apps, and only the whole list shows whether a key is the key of one connection alone.
        var count = await AddAsync(new ConnectionFilter(), MaxRead).ConfigureAwait(false);
        AddWords(request, found.Values, areAll: count < MaxRead);

        async Task<int> AddAsync(ConnectionFilter filter, int first)
        {
            var read = 0;
            var listing = request.Client.Connections.List(filter, new ListingOptions { First = first });
            await foreach (var connection in listing.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                read++;
                if (connection.Id is { Length: > 0 } id)
                {
                    found[id] = connection;
                }
            }

            return read;
        }
    }

    private void AddWords(CompletionRequest request, IReadOnlyCollection<Connection> connections, bool areAll)
    {
        var uses = connections.SelectMany(Keys).GroupBy(static key => key).ToDictionary(static key => key.Key, static key => key.Count());
        request.Replace(connections.Select(connection => Describe(connection, Names(connection))).ToArray());

        string[] Names(Connection connection) =>
            TakesOnlyIds ? [] : Keys(connection).Where(key => uses[key] == 1 && (areAll || key == connection.Key)).ToArray();

        CompletionWord Describe(Connection connection, string[] names)
        {
            var isId = request.Typed.Length >= ShortestId && connection.Id!.StartsWith(request.Typed, StringComparison.OrdinalIgnoreCase);
            var name =
                names.FirstOrDefault(key => key.StartsWith(request.Typed, StringComparison.OrdinalIgnoreCase))
                ?? (isId ? connection.Id : names.FirstOrDefault())
                ?? connection.Id!;
            var app = ShownValue.App(connection);
            var state = connection.Connected == false ? $"{connection.State}, disconnected" : connection.State;
            return new CompletionWord(
                name,
                app is null ? $"{connection.Name} ({state})" : $"{connection.Name} ({app}, {state})",
                connection.Name,
                connection.Key,
                ShownValue.AppKey(connection)
            );
        }
    }

    private static IEnumerable<string> Keys(Connection connection) =>
        new[] { connection.Key, ShownValue.AppKey(connection) }.OfType<string>().Where(static key => key.Length > 0).Distinct();
}
