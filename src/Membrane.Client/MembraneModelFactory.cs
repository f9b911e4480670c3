using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Membrane.Client.ActionRunLogs;
using Membrane.Client.Actions;
using Membrane.Client.Agents;
using Membrane.Client.ConnectionRequests;
using Membrane.Client.Connections;
using Membrane.Client.Connectors;
using Membrane.Client.DataCollections;
using Membrane.Client.Elements;
using Membrane.Client.ExternalApps;
using Membrane.Client.Flows;
using Membrane.Client.Integrations;
using Membrane.Client.Json;
using Membrane.Client.Search;
using Membrane.Client.Tenants;
using Membrane.Client.WorkspaceFiles;
using Membrane.Client.Workspaces;

namespace Membrane.Client;

/// <summary>Makes what a client answers with, for tests that stand in for one.</summary>
public static class MembraneModelFactory
{
    private static readonly Dictionary<Type, Func<byte[], MembraneModel>> Readers = new()
    {
        [typeof(ActionRun)] = ReadWith(ActionReader.Run),
        [typeof(ActionRunLog)] = ReadWith(ActionRunLogReader.One),
        [typeof(AgentMessage)] = ReadWith(AgentMessageReader.One),
        [typeof(AgentSession)] = ReadWith(AgentSessionReader.One),
        [typeof(AgentSessionInterruption)] = ReadWith(AgentSessionReader.Interruption),
        [typeof(AsyncRequest)] = ReadWith(AsyncRequestReader.One),
        [typeof(Connection)] = ReadWith(ConnectionReader.One),
        [typeof(ConnectionRequest)] = ReadWith(ConnectionRequestReader.One),
        [typeof(ConnectionTest)] = ReadWith(ConnectionReader.Test),
        [typeof(Connector)] = ReadWith(ConnectorReader.One),
        [typeof(DataCollection)] = ReadWith(DataReader.Collection),
        [typeof(DataRecord)] = ReadWith(DataReader.Record),
        [typeof(Element)] = ReadWith(ElementReader.One),
        [typeof(ErrorData)] = ReadWith(ElementFields.Error),
        [typeof(ExternalApp)] = ReadWith(ExternalAppReader.One),
        [typeof(Flow)] = ReadWith(FlowReader.One),
        [typeof(FlowNodeRun)] = ReadWith(FlowReader.NodeRun),
        [typeof(FlowRun)] = ReadWith(FlowReader.Run),
        [typeof(Identity)] = ReadWith(SelfClient.Reader),
        [typeof(Integration)] = ReadWith(IntegrationReader.One),
        [typeof(MembraneAction)] = ReadWith(ActionReader.One),
        [typeof(SearchResult)] = ReadWith(SearchReader.One),
        [typeof(Tenant)] = ReadWith(TenantReader.One),
        [typeof(Workspace)] = ReadWith(WorkspaceReader.One),
    };

    /// <summary>Makes a model of the JSON that the service would send: <c>FromJson&lt;Connection&gt;("{\"id\":\"c1\"}")</c>.</summary>
    /// <typeparam name="T">The model.</typeparam>
    /// <param name="json">An object, with the names of the API. Fields that the model does not know are kept.</param>
    /// <exception cref="ArgumentException">The text is not a JSON object, or the service never sends such a model by itself.</exception>
    public static T FromJson<T>(string json)
        where T : MembraneModel
    {
        var body = Encoding.UTF8.GetBytes(json ?? throw new ArgumentNullException(nameof(json)));
        if (!Readers.TryGetValue(typeof(T), out var read))
        {
            throw new ArgumentException($"The service never sends a {typeof(T).Name} by itself.", nameof(T));
        }

        try
        {
            return (T)read(body);
        }
        catch (JsonException exception)
        {
            throw new ArgumentException($"The text is not a JSON object: {exception.Message}", nameof(json), exception);
        }
    }

    /// <summary>Makes a model of fields.</summary>
    /// <typeparam name="T">The model.</typeparam>
    /// <param name="fields">The fields, with the names of the API; values are what can be the input of an action.</param>
    /// <exception cref="ArgumentException">The service never sends such a model by itself.</exception>
    public static T FromFields<T>(IReadOnlyDictionary<string, object?> fields)
        where T : MembraneModel =>
        FromJson<T>(
            Encoding.UTF8.GetString(
                JsonValueWriter.ToBytes(
                    fields ?? throw new ArgumentNullException(nameof(fields)),
                    DictionaryObjectAdapter.Instance,
                    nameof(fields)
                )
            )
        );

    /// <summary>Makes a finished run of an action, with what the client adds to the answer of the service.</summary>
    /// <param name="output">What the action answered, as a client has it: texts, numbers, booleans, lists and dictionaries.</param>
    /// <param name="actionRunId">The id of the run log.</param>
    /// <param name="actionId">The action, as it was named in the request.</param>
    /// <param name="connectionId">The connection, as it was named in the request.</param>
    /// <param name="duration">How long the run took.</param>
    public static ActionRun ActionRun(
        object? output,
        string? actionRunId = null,
        string? actionId = null,
        string? connectionId = null,
        TimeSpan duration = default
    ) =>
        new()
        {
            Output = output,
            ActionRunId = actionRunId,
            ActionId = actionId,
            ConnectionId = connectionId,
            Duration = duration,
        };

    /// <summary>Makes a list that has these items, on one page.</summary>
    /// <typeparam name="T">The items' type.</typeparam>
    /// <param name="items">The items.</param>
    public static Listing<T> Listing<T>(params T[] items)
    {
        var page = new Page<T>(items ?? throw new ArgumentNullException(nameof(items)), null);
        return new Listing<T>((_, _, _) => Task.FromResult(page), options: null);
    }

    /// <summary>Makes an answer of any operation.</summary>
    /// <param name="statusCode">The HTTP status.</param>
    /// <param name="text">The body.</param>
    /// <param name="mediaType">The media type of the body.</param>
    /// <param name="headers">The headers.</param>
    public static RawResponse RawResponse(
        HttpStatusCode statusCode,
        string text = "",
        string mediaType = "application/json",
        IEnumerable<KeyValuePair<string, string>>? headers = null
    )
    {
        var content = Encoding.UTF8.GetBytes(text ?? throw new ArgumentNullException(nameof(text)));
        return new RawResponse(
            statusCode,
            (headers ?? [])
                .GroupBy(static header => header.Key, static header => header.Value, StringComparer.OrdinalIgnoreCase)
                .ToDictionary(
                    static header => header.Key,
                    static header => (IReadOnlyList<string>)header.ToArray(),
                    StringComparer.OrdinalIgnoreCase
                ),
            new System.Buffers.ReadOnlySequence<byte>(content),
            mediaType,
            content.Length == 0 ? null
                : mediaType == "application/json" ? Read(content)
                : text
        );
    }

    private static object? Read(byte[] json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        return JsonValueReader.Read(ref reader, DictionaryObjectAdapter.Instance);
    }

    private static Func<byte[], MembraneModel> ReadWith<T>(ModelReader<T> model)
        where T : MembraneModel =>
        json =>
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            return model.Read(ref reader, DictionaryObjectAdapter.Instance);
        };
}
