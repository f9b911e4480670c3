using System;
using System.Collections.Generic;
using System.Linq;
using Membrane.Emulator.Http;

namespace Membrane.Emulator.Contract;

/// <summary>
/// The paths by which the vendor's SDK names an element when it is given an object instead of text:
/// <c>/action/run?key=x&amp;integrationKey=y</c> is <c>/actions/x/run?integrationKey=y</c>, and an instance is the element of
/// that kind at a connection.
/// </summary>
internal static class SelectorAlias
{
    private const string Instance = "-instance";

    private static readonly string[] Kinds =
    {
        "action",
        "flow",
        "field-mapping",
        "data-source",
        "package",
        "integration",
        "connector",
        "customer",
        "data-link-table",
        "app-event-type",
        "app-event-subscription",
        "app-data-schema",
    };

    /// <summary>The request under the path that the API has for it; null when there is none.</summary>
    public static IncomingRequest? Rewrite(IncomingRequest request)
    {
        var path = request.RawPath.Trim('/').Split('/');
        var kind = path[0];
        var listsInstances = kind.EndsWith(Instance + "s", StringComparison.Ordinal);
        var isInstance = listsInstances || kind.EndsWith(Instance, StringComparison.Ordinal);
        if (isInstance)
        {
            kind = kind.Substring(0, kind.LastIndexOf(Instance, StringComparison.Ordinal));
        }

        if (!Kinds.Contains(kind))
        {
            return null;
        }

        var query = QueryValues.Parse(request.RawQuery).All.ToDictionary(one => one.Key, one => one.Value, StringComparer.Ordinal);
        var segments = path.Skip(1);
        if (isInstance && !query.ContainsKey("id"))
        {
            query["layer"] = "connection";
        }

        if (!listsInstances)
        {
            if ((Take(query, "id") ?? Take(query, "key")) is not { } selector)
            {
                return null;
            }

            segments = new[] { Uri.EscapeDataString(selector) }.Concat(segments);
        }

        return new IncomingRequest(
            request.Method,
            "/" + kind + "s" + string.Concat(segments.Select(segment => "/" + segment)),
            string.Join("&", query.Select(one => Uri.EscapeDataString(one.Key) + "=" + Uri.EscapeDataString(one.Value))),
            request.Headers,
            request.ContentType
        )
        {
            Body = request.Body,
        };
    }

    private static string? Take(Dictionary<string, string> query, string name)
    {
        if (!query.TryGetValue(name, out var value) || value.Length == 0)
        {
            return null;
        }

        query.Remove(name);
        return value;
    }
}
