using System.Collections;
using Membrane.Client;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Connections;

namespace Membrane.PowerShell.DataCollections;

/// <summary>Says which collection of which connection a command for records means.</summary>
internal static class RecordPlace
{
    /// <summary>The collection that the parameters, or the record itself, point to.</summary>
    /// <param name="command">The command.</param>
    /// <param name="collection">The collection that was given.</param>
    /// <param name="parameters">The parameters of the collection that were given.</param>
    /// <param name="connection">The connection that was given.</param>
    /// <param name="isConnectionNamed">Whether it was named for all records, so that it counts more than that of a record.</param>
    /// <param name="record">The record.</param>
    /// <exception cref="MembraneInputException">Nothing says which collection, or of which connection.</exception>
    public static CollectionPointer Point(
        MembraneApiCommand command,
        DataCollectionReference? collection,
        IDictionary? parameters,
        ConnectionReference? connection,
        bool isConnectionNamed,
        DataRecordReference? record
    )
    {
        var key =
            collection?.IdOrKey
            ?? record?.CollectionKey
            ?? throw Missing(
                "Collection",
                "Nothing says which data collection is meant.",
                "Pass its key with -Collection; Get-MembraneDataCollection shows what a connection has."
            );
        var connectionId = isConnectionNamed ? null : record?.ConnectionId ?? collection?.ConnectionId;
        return new CollectionPointer(
            connectionId
                ?? command.ResolveId(connection)
                ?? throw Missing("Connection", "Nothing says which connection is meant.", "Pass its id or key with -Connection."),
            key
        )
        {
            Parameters = parameters is not null
                ? command.Client.Data.MakeParameters(Dictionaries.Pairs(parameters))
                : record?.CollectionParameters ?? collection?.Parameters,
        };
    }

    private static MembraneInputException Missing(string parameterName, string message, string advice) =>
        new(ErrorIds.InvalidInput, parameterName, message, advice);
}
