using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;

namespace Membrane.Client.Tools;

/// <summary>
/// The connections that a model may use, by the words that it uses for them: the key where it is the only one, else the id.
/// </summary>
internal sealed class ToolConnections
{
    private readonly (string Word, Connection Connection)[] connections;

    /// <exception cref="MembraneInputException">There are no connections.</exception>
    public ToolConnections(IEnumerable<Connection> allowed)
    {
        var distinct = allowed
            .GroupBy(static connection => connection.Id, StringComparer.Ordinal)
            .Select(static same => same.First())
            .OrderBy(static connection => connection.Id, StringComparer.Ordinal)
            .ToArray();
        var byKey = distinct.ToLookup(static connection => connection.Key, StringComparer.OrdinalIgnoreCase);
        connections = distinct
            .Select(connection =>
                (
                    string.IsNullOrWhiteSpace(connection.Key) || byKey[connection.Key].Skip(1).Any() ? connection.Id! : connection.Key!,
                    connection
                )
            )
            .ToArray();
        if (connections.Length == 0)
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                "Connection",
                "There is no connection that the model can use.",
                "Pass connections that are ready to be used."
            );
        }
    }

    public IEnumerable<Connection> All => connections.Select(static one => one.Connection);

    public bool IsOne => connections.Length == 1;

    /// <summary>The connections in words, for a description.</summary>
    public string InWords =>
        string.Join(
            ", ",
            connections.Select(static one =>
                string.IsNullOrWhiteSpace(one.Connection.Name) || one.Connection.Name == one.Word
                    ? one.Word
                    : $"{one.Word} ({one.Connection.Name})"
            )
        );

    public string WordFor(Connection connection) => connections.First(one => ReferenceEquals(one.Connection, connection)).Word;

    /// <summary>The parameter by which a model names one.</summary>
    public JsonObject Parameter(string description) =>
        new()
        {
            ["type"] = "string",
            ["enum"] = new JsonArray(connections.Select(static one => (JsonNode?)one.Word).ToArray()),
            ["description"] = $"{description} There are: {InWords}.",
        };

    /// <summary>The connection that a model named; the only one where it named none.</summary>
    /// <exception cref="MembraneInputException">The model may not use that connection, or named none of several.</exception>
    public Connection Find(string? word) =>
        word is null && IsOne
            ? connections[0].Connection
            : connections.FirstOrDefault(one => one.Word == word).Connection
                ?? throw new MembraneInputException(
                    ErrorIds.InvalidInput,
                    "connection",
                    word is null
                        ? $"Nothing says which connection is meant. There are: {InWords}."
                        : $"There is no connection '{ShownText.OfLine(word, 100)}' here. There are: {InWords}.",
                    null
                );
}
