using System;
using System.Collections.Generic;
using System.Linq;
using Membrane.Emulator.Http;

namespace Membrane.Emulator.Contract;

/// <summary>
/// The paths by which the vendor's SDK names an element when it is given an object instead of text:
/// <c>/action/run?key=x&amp;integrationKey=y</c> is <c>/actions/x/run?integrationKey=y</c>.
/// </summary>
internal static class SelectorAlias
{
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
        "app-data-schema",
        "screen",
    };

    /// <summary>The request under the path that the API has for it; null when there is none.</summary>
    public static IncomingRequest? Rewrite(IncomingRequest request)
    {
        var path = request.RawPath.Trim('/').Split('/');
        var kind = path[0];
        if (!Kinds.Contains(kind))
        {
            return null;
        }

        var query = QueryValues.Parse(request.RawQuery).All.ToDictionary(one => one.Key, one => one.Value, StringComparer.Ordinal);
        if ((Take(query, "id") ?? Take(query, "key")) is not { } selector)
        {
            return null;
        }

        var segments = new[] { Uri.EscapeDataString(selector) }.Concat(path.Skip(1));
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
