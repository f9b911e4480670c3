using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.DataCollections;
using Membrane.Client.Json;
using Membrane.Client.Paging;
using Membrane.Client.Transport;

namespace Membrane.Client;

/// <summary>Data collections: the data of connected apps as tables.</summary>
public class DataCollectionsClient
{
    private readonly ApiTransport transport;

    /// <summary>Makes a client that sends nothing, for a test to derive from.</summary>
    protected DataCollectionsClient() => transport = null!;

    internal DataCollectionsClient(ApiTransport transport) => this.transport = transport;

    /// <summary>Lists the collections of a connection (<c>GET /connections/{id}/data</c>).</summary>
    /// <exception cref="MembraneInputException">The connection is not valid.</exception>
    public virtual Listing<DataCollection> ListCollections(string connectionId, ListingOptions? options = null)
    {
        var id = Selector.Check(connectionId, "Connection");
        return new Listing<DataCollection>(
            (_, _, cancellationToken) =>
                transport.SendAsync(
                    ApiRequest.Get("connections", id, "data"),
                    DataReader.Collections,
                    cancellationToken,
                    collection => collection.ConnectionId = id
                ),
            options
        );
    }

    /// <summary>Gets what a collection can do (<c>GET /connections/{id}/data/{dataCollectionKey}</c>).</summary>
    public virtual async Task<DataCollection> GetCollectionAsync(CollectionPointer pointer, CancellationToken cancellationToken = default)
    {
        var collection = await transport.SendAsync(pointer.Get(), DataReader.Collection, cancellationToken).ConfigureAwait(false);
        collection.Key ??= pointer.Key;
        collection.ConnectionId = pointer.ConnectionId;
        collection.CollectionParameters = pointer.Parameters;
        return collection;
    }

    /// <summary>
    /// Lists records (<c>POST /connections/{id}/data/{dataCollectionKey}/list</c>). The service chooses the size of the pages.
    /// </summary>
    public virtual Listing<DataRecord> List(CollectionPointer pointer, RecordFilter? filter = null, ListingOptions? options = null) =>
        Pages(
            pointer,
            "list",
            options,
            writer =>
            {
                writer.WriteValue("filter", OptionalObject(filter?.Filter, "Filter"), transport.Objects, "Filter");
                writer.WriteValue(
                    "unifiedFilter",
                    OptionalObject(filter?.UnifiedFilter, "UnifiedFilter"),
                    transport.Objects,
                    "UnifiedFilter"
                );
            }
        );

    /// <summary>Searches records by text (<c>POST /connections/{id}/data/{dataCollectionKey}/search</c>).</summary>
    /// <exception cref="MembraneInputException">The text is empty.</exception>
    public virtual Listing<DataRecord> Search(CollectionPointer pointer, string query, ListingOptions? options = null)
    {
        if (string.IsNullOrWhiteSpace(query))
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                "Query",
                "The value of Query is empty.",
                "Say what to look for, or list all records."
            );
        }

        return Pages(pointer, "search", options, writer => writer.WriteString("query", query));
    }

    /// <summary>Finds the record whose fields have given values (<c>POST /connections/{id}/data/{dataCollectionKey}/match</c>).</summary>
    /// <returns>The record, or null where there is none.</returns>
    /// <exception cref="MembraneInputException">The fields are not an object, or none.</exception>
    public virtual async Task<DataRecord?> MatchAsync(
        CollectionPointer pointer,
        object fields,
        CancellationToken cancellationToken = default
    )
    {
        var request = Body(
                pointer.Post("match"),
                writer => writer.WriteValue("query", RequireSome(fields, "Match"), transport.Objects, "Match")
            )
            .Reading();
        var answer = await transport.SendAsync(request, DataReader.Answer, cancellationToken).ConfigureAwait(false);
        return answer.Record is null ? null : pointer.Mark(answer.Record);
    }

    /// <summary>Finds a record by its id (<c>POST /connections/{id}/data/{dataCollectionKey}/find-by-id</c>).</summary>
    /// <param name="pointer">The collection.</param>
    /// <param name="id">The id of the record in the app.</param>
    /// <param name="udm">The key of the unified model to read it as; null for none.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="MembraneException">It does not exist (NotFound).</exception>
    public virtual async Task<DataRecord> FindByIdAsync(
        CollectionPointer pointer,
        string id,
        string? udm = null,
        CancellationToken cancellationToken = default
    )
    {
        var request = Body(
                pointer.Post("find-by-id"),
                writer =>
                {
                    writer.WriteString("id", RequireId(id));
                    writer.WriteText("udm", udm);
                }
            )
            .Reading();
        var answer = await transport.SendAsync(request, DataReader.Answer, cancellationToken).ConfigureAwait(false);
        return pointer.Mark(
            answer.Record
                ?? throw new MembraneException(
                    ErrorIds.NotFound,
                    $"There is no record '{id}' in '{pointer.Key}'.",
                    "List the records to see what there is."
                )
                {
                    Topic = "Record",
                }
        );
    }

    /// <summary>Creates a record (<c>POST /connections/{id}/data/{dataCollectionKey}/create</c>).</summary>
    /// <returns>The record as far as the service tells of it: its id.</returns>
    /// <exception cref="MembraneInputException">The fields are not an object.</exception>
    public virtual Task<DataRecord> CreateAsync(CollectionPointer pointer, object fields, CancellationToken cancellationToken = default) =>
        PrepareCreate(pointer, fields)(cancellationToken);

    /// <summary>The creation of a record, with what is to be sent written already: to be called once, on any thread.</summary>
    /// <exception cref="MembraneInputException">The fields are not an object.</exception>
    internal Func<CancellationToken, Task<DataRecord>> PrepareCreate(CollectionPointer pointer, object fields) =>
        Send(
            pointer,
            Body(
                pointer.Post("create"),
                writer => writer.WriteValue("fields", RequireObject(fields, "Fields"), transport.Objects, "Fields")
            )
        );

    /// <summary>Updates fields of a record (<c>POST /connections/{id}/data/{dataCollectionKey}/update</c>).</summary>
    /// <returns>The record as far as the service tells of it: its id.</returns>
    /// <exception cref="MembraneInputException">The id is empty, or the fields are not an object or none.</exception>
    public virtual Task<DataRecord> UpdateAsync(
        CollectionPointer pointer,
        string id,
        object fields,
        CancellationToken cancellationToken = default
    ) => PrepareUpdate(pointer, id, fields)(cancellationToken);

    /// <summary>The update of a record, with what is to be sent written already: to be called once, on any thread.</summary>
    /// <exception cref="MembraneInputException">The id is empty, or the fields are not an object or none.</exception>
    internal Func<CancellationToken, Task<DataRecord>> PrepareUpdate(CollectionPointer pointer, string id, object fields)
    {
        RequireSome(fields, "Fields");
        return Send(
            pointer,
            Body(
                pointer.Post("update"),
                writer =>
                {
                    writer.WriteString("id", RequireId(id));
                    writer.WriteValue("fields", fields, transport.Objects, "Fields");
                }
            )
        );
    }

    /// <summary>Deletes a record (<c>POST /connections/{id}/data/{dataCollectionKey}/delete</c>).</summary>
    /// <exception cref="MembraneInputException">The id is empty.</exception>
    public virtual Task DeleteAsync(CollectionPointer pointer, string id, CancellationToken cancellationToken = default) =>
        transport.SendAsync(Body(pointer.Post("delete"), writer => writer.WriteString("id", RequireId(id))), cancellationToken);

    /// <summary>Parameters of any values as the texts that are sent.</summary>
    /// <exception cref="MembraneInputException">A value is an object or a list.</exception>
    internal IReadOnlyDictionary<string, string>? MakeParameters(IEnumerable<KeyValuePair<string, object?>> parameters) =>
        CollectionPointer.Texts(parameters, transport.Objects);

    private Func<CancellationToken, Task<DataRecord>> Send(CollectionPointer pointer, ApiRequest request) =>
        async cancellationToken =>
            pointer.Mark(await transport.SendAsync(request, DataReader.Record, cancellationToken).ConfigureAwait(false));

    private static ApiRequest Body(ApiRequest request, Action<Utf8JsonWriter> write) =>
        request.Json(writer =>
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        });

    private static string RequireId(string? id) =>
        string.IsNullOrWhiteSpace(id)
            ? throw new MembraneInputException(
                ErrorIds.InvalidInput,
                "Record",
                "The id of the record is empty.",
                "Pass a record that the service has shown, or its id."
            )
            : id!;

    private object? OptionalObject(object? value, string parameterName) => value is null ? null : RequireSome(value, parameterName);

    // What selects by nothing would select everything.
    private object RequireSome(object? value, string parameterName)
    {
        ObjectMembers.RequireSome(RequireObject(value, parameterName), transport.Objects, parameterName);
        return value!;
    }

    private object RequireObject(object? value, string parameterName) =>
        ObjectMembers.Of(value, transport.Objects) is not null
            ? value!
            : throw new MembraneInputException(
                ErrorIds.InvalidInput,
                parameterName,
                $"The value of {parameterName} is not an object.",
                "Pass a hashtable, or an object whose properties are the fields."
            );

    private Listing<DataRecord> Pages(CollectionPointer pointer, string method, ListingOptions? options, Action<Utf8JsonWriter> write) =>
        new(
            (_, cursor, cancellationToken) =>
                transport.SendAsync(
                    Body(
                            pointer.Post(method),
                            writer =>
                            {
                                write(writer);
                                writer.WriteText("cursor", cursor);
                            }
                        )
                        .Reading(),
                    DataReader.Records,
                    cancellationToken,
                    record => pointer.Mark(record)
                ),
            options
        );
}
