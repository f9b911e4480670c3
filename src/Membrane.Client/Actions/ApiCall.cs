using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Membrane.Client.Json;

namespace Membrane.Client;

/// <summary>A request to the API of the external app behind a connection.</summary>
public sealed class ApiCall
{
    private static readonly string[] Methods = ["GET", "POST", "PATCH", "PUT", "DELETE"];
    private readonly Dictionary<string, object?> members = [];

    private ApiCall(string method, string path)
    {
        members["method"] = method;
        members["path"] = path;
    }

    /// <summary>
    /// Reads a request as a user writes it: method (default GET), path (or url), and optionally query, headers and body (or data).
    /// </summary>
    /// <param name="value">A dictionary with these members.</param>
    /// <exception cref="MembraneInputException">A member is unknown, missing or wrong; the message names it.</exception>
    public static ApiCall Read(object value) => Read(value, DictionaryObjectAdapter.Instance);

    /// <summary>Reads a request as a user writes it, in a dictionary or an object of the host.</summary>
    /// <exception cref="MembraneInputException">A member is unknown, missing or wrong; the message names it.</exception>
    internal static ApiCall Read(object value, IObjectAdapter objects)
    {
        var given = MembersOf(value, objects);
        var unknown = given.Keys.FirstOrDefault(static name => Canonical(name) is null);
        if (unknown is not null)
        {
            throw Refuse(unknown, "is not a part of a request", "A request has method, path, query, headers and body.");
        }

        if (given.Keys.GroupBy(Canonical).FirstOrDefault(static group => group.Skip(1).Any()) is { } twice)
        {
            throw Refuse(twice.Key, $"is given twice, as '{twice.First()}' and as '{twice.ElementAt(1)}'", "Give it once.");
        }

        object? Take(string name) =>
            given.FirstOrDefault(member => Canonical(member.Key) == name).Value is { } found ? objects.Unwrap(found) : null;
        var call = new ApiCall(ReadMethod(Take("method")), ReadPath(Take("path")));
        if (Take("query") is { } query)
        {
            call.members["query"] = ReadQuery(MembersOf(query, objects, "query"), objects);
        }

        if (Take("headers") is { } headers)
        {
            call.members["headers"] = ReadHeaders(MembersOf(headers, objects, "headers"), objects);
        }

        if (given.Keys.Any(static name => Canonical(name) == "body"))
        {
            call.members["body"] = given.First(static member => Canonical(member.Key) == "body").Value;
        }

        return call;
    }

    /// <summary>Returns the method and the path.</summary>
    public override string ToString() => $"{members["method"]} {members["path"]}";

    internal IReadOnlyDictionary<string, object?> ToMembers() => members;

    private static string? Canonical(string name) =>
        name.ToLowerInvariant() switch
        {
            "method" => "method",
            "path" or "url" => "path",
            "query" => "query",
            "headers" => "headers",
            "body" or "data" => "body",
            _ => null,
        };

    private static string ReadMethod(object? value)
    {
        var method = (value as string ?? (value is null ? "GET" : value.ToString()!)).ToUpperInvariant();
        return Methods.Contains(method) ? method : throw Refuse("method", $"is '{method}'", $"It is one of {string.Join(", ", Methods)}.");
    }

    private static string ReadPath(object? value)
    {
        var path = (value is Uri uri ? uri.OriginalString : value as string)?.Trim();
        return string.IsNullOrEmpty(path)
                ? throw Refuse("path", "is missing", "Say which path of the app's API is meant, such as /contacts.")
            : path!.Any(char.IsControl) ? throw Refuse("path", "contains a control character", "Correct the path.")
            : path!;
    }

    private static Dictionary<string, object?> ReadQuery(Dictionary<string, object?> given, IObjectAdapter objects)
    {
        var query = new Dictionary<string, object?>(given.Count);
        foreach (var parameter in given)
        {
            var value = objects.Unwrap(parameter.Value);
            query[parameter.Key] =
                value is null or string or bool || value is IConvertible and not DateTime
                    ? value
                    : throw Refuse(
                        "query." + parameter.Key,
                        $"is a {value.GetType().Name}",
                        "A query parameter is a text, a number or a boolean."
                    );
        }

        return query;
    }

    private static Dictionary<string, object?> ReadHeaders(Dictionary<string, object?> given, IObjectAdapter objects)
    {
        var headers = new Dictionary<string, object?>(given.Count);
        foreach (var header in given)
        {
            var text = Convert.ToString(objects.Unwrap(header.Value), CultureInfo.InvariantCulture) ?? string.Empty;
            if (header.Key.Length == 0 || header.Key.Any(static c => c <= ' ' || c >= 127 || c == ':'))
            {
                throw Refuse(
                    "headers",
                    $"has a header with the name '{header.Key}'",
                    "The name of a header has neither spaces nor colons."
                );
            }

            if (text.Any(char.IsControl))
            {
                throw Refuse("headers." + header.Key, "contains a line break or another control character", "A header is one line.");
            }

            headers[header.Key] = text;
        }

        return headers;
    }

    private static Dictionary<string, object?> MembersOf(object value, IObjectAdapter objects, string? name = null)
    {
        var members = ObjectMembers.Of(value, objects);
        return members is null
            ? throw Refuse(name, "is not a set of names and values", "Pass a hashtable, such as @{ method = 'GET'; path = '/contacts' }.")
            : members.ToDictionary(static member => member.Key, static member => member.Value);
    }

    private static MembraneInputException Refuse(string? member, string why, string advice) =>
        new(ErrorIds.InvalidInput, "Api", $"{(member is null ? "Api" : "Api." + member)} {why}.", advice);
}
