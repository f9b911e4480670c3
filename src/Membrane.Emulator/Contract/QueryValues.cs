using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;

namespace Membrane.Emulator.Contract;

/// <summary>The query of a request, decoded and, after <see cref="Check"/>, known to be what the operation takes.</summary>
internal sealed class QueryValues
{
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);
    private readonly HashSet<string> repeated = new(StringComparer.Ordinal);

    private QueryValues() { }

    /// <summary>Every parameter that was given.</summary>
    public IReadOnlyDictionary<string, string> All => values;

    public static QueryValues Parse(string query)
    {
        var result = new QueryValues();
        foreach (var pair in query.Split('&'))
        {
            if (pair.Length == 0)
            {
                continue;
            }

            var equals = pair.IndexOf('=');
            var name = UrlEncoding.Decode(equals < 0 ? pair : pair.Substring(0, equals), plusIsSpace: true);
            var value = equals < 0 ? "" : UrlEncoding.Decode(pair.Substring(equals + 1), plusIsSpace: true);
            if (result.values.ContainsKey(name))
            {
                result.repeated.Add(name);
            }

            result.values[name] = value;
        }

        return result;
    }

    /// <summary>A date and time; null when it is not given.</summary>
    /// <exception cref="ApiException">400: it is something else.</exception>
    public DateTimeOffset? Moment(string name) =>
        Text(name) is not { } text ? null
        : EmulatorJson.TryReadTime(text, out var moment) ? moment
        : throw ApiException.BadRequest($"Query parameter '{name}' must be an ISO 8601 date and time.");

    /// <summary>Takes out what the operation does not know, as the service does, and returns the names of it.</summary>
    public IReadOnlyList<string> TakeUnknown(Operation operation)
    {
        var unknown = operation.OpenQuery ? [] : values.Keys.Where(name => !operation.Query.ContainsKey(name)).ToArray();
        foreach (var name in unknown)
        {
            values.Remove(name);
        }

        return unknown;
    }

    /// <summary>Refuses values outside their ranges.</summary>
    public void Check(Operation operation)
    {
        foreach (var given in values)
        {
            if (!operation.Query.TryGetValue(given.Key, out var parameter))
            {
                continue;
            }

            if (repeated.Contains(given.Key))
            {
                throw Wrong(given.Key, $"Query parameter '{given.Key}' is given more than once.");
            }

            if (given.Value.Length == 0 && !parameter.Required)
            {
                continue;
            }

            var problem = parameter.Check(given.Value);
            if (problem is not null)
            {
                throw Wrong(given.Key, $"Query parameter '{given.Key}' {problem}.");
            }
        }

        foreach (var parameter in operation.Query.Values)
        {
            if (parameter.Required && !values.ContainsKey(parameter.Name))
            {
                throw Wrong(parameter.Name, $"Query parameter '{parameter.Name}' is required.");
            }
        }
    }

    /// <summary>The text of a parameter; null when it is absent or empty.</summary>
    public string? Text(string name) => values.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    /// <summary>A boolean parameter: false and 0 are false in any case, any other text is true.</summary>
    public bool? Flag(string name)
    {
        var value = Text(name);
        if (value is null)
        {
            return null;
        }

        return value != "0" && !value.Equals("false", StringComparison.OrdinalIgnoreCase);
    }

    public int? Number(string name) =>
        double.TryParse(Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? (int)Math.Max(int.MinValue, Math.Min(int.MaxValue, number))
            : null;

    /// <summary>Returns the error about a parameter.</summary>
    public static ApiException Wrong(string name, string message) =>
        ApiException.BadRequest(message, new JsonObject { ["parameter"] = UrlEncoding.Shorten(name) });
}
