using System.Collections.Generic;
using System.Linq;
using Membrane.Client.Json;
using Membrane.Client.Requests;
using Membrane.Client.Transport;

namespace Membrane.Client;

/// <summary>Names a data collection of a connection.</summary>
/// <remarks>Names a data collection.</remarks>
/// <param name="connectionId">The connection.</param>
/// <param name="key">The key of the collection.</param>
/// <exception cref="MembraneInputException">One of them is empty, or would lead elsewhere.</exception>
public sealed class CollectionPointer(string connectionId, string key)
{
    /// <summary>The connection.</summary>
    public string ConnectionId { get; } = Selector.Check(connectionId, "Connection");

    /// <summary>The key of the collection.</summary>
    public string Key { get; } = Selector.Check(key, "Collection");

    /// <summary>The parameters that choose the part of the app, where the collection has some. They are sent as query parameters.</summary>
    public IReadOnlyDictionary<string, string>? Parameters { get; set; }

    /// <summary>Parameters of any values as the texts that are sent.</summary>
    /// <exception cref="MembraneInputException">A value is an object or a list.</exception>
    internal static Dictionary<string, string>? Texts(IEnumerable<KeyValuePair<string, object?>> parameters, IObjectAdapter objects)
    {
        var result = new Dictionary<string, string>();
        foreach (var parameter in parameters)
        {
            var texts = QueryValue.Texts(parameter.Key, parameter.Value, objects, "CollectionParameter").ToArray();
            if (texts.Length > 1)
            {
                throw new MembraneInputException(
                    ErrorIds.InvalidInput,
                    "CollectionParameter",
                    $"The value of '{parameter.Key}' in CollectionParameter is a list.",
                    "Pass one text, number or boolean."
                );
            }

            if (texts.Length == 1 && texts[0].Length > 0)
            {
                result[parameter.Key] = texts[0];
            }
        }

        return result.Count == 0 ? null : result;
    }

    internal ApiRequest Post(string method) => Narrow(ApiRequest.Post("connections", ConnectionId, "data", Key, method));

    internal ApiRequest Get() => Narrow(ApiRequest.Get("connections", ConnectionId, "data", Key));

    internal DataRecord Mark(DataRecord record)
    {
        record.ConnectionId = ConnectionId;
        record.CollectionKey = Key;
        record.CollectionParameters = Parameters;
        return record;
    }

    private ApiRequest Narrow(ApiRequest request)
    {
        foreach (var parameter in Parameters ?? new Dictionary<string, string>())
        {
            request.Query(parameter.Key, parameter.Value);
        }

        return request;
    }
}
