using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Membrane.Client.Schemas.Checking;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;

namespace Membrane.Emulator.Contract;

/// <summary>The schemas of the request bodies, from the contract that is built into the assembly.</summary>
internal static class RequestSchemas
{
    private static readonly Lazy<JsonElement> All = new(() =>
    {
        using var stream = typeof(RequestSchemas).Assembly.GetManifestResourceStream("request-schemas.json")!;
        using var reader = new StreamReader(stream);
        return EmulatorJson.Parse(reader.ReadToEnd());
    });

    private static readonly Lazy<Dictionary<string, HashSet<string>>> ReadOnly = new(ReadReadOnly);

    private static readonly ConcurrentDictionary<string, RequestSchema> Open = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, RequestSchema> Closed = new(StringComparer.Ordinal);

    /// <summary>The names of the members that a schema has.</summary>
    public static IEnumerable<string> Members(string schemaName) =>
        All
            .Value.GetProperty(schemaName)
            .GetProperty("properties")
            .EnumerateObject()
            .Where(member => !member.Value.Flag("readOnly"))
            .Select(member => member.Name);

    /// <summary>Returns the body without the members that its schema says are only read: an element may be put back as it was read.</summary>
    public static JsonElement WithoutReadOnly(Operation operation, JsonElement body)
    {
        if (operation.RequestSchema is not { } name || All.Value.GetProperty(name).Member("properties") is not { } properties)
        {
            return body;
        }

        var readOnly = properties.EnumerateObject().Where(member => member.Value.Flag("readOnly")).Select(member => member.Name).ToArray();
        if (!readOnly.Any(member => body.TryGetProperty(member, out _)))
        {
            return body;
        }

        var rest = EmulatorJson.Edit(body);
        foreach (var member in readOnly)
        {
            rest.Remove(member);
        }

        return EmulatorJson.Freeze(rest);
    }

    /// <summary>The first thing that is wrong with a value; null if it is valid. Members that the schema does not name are allowed.</summary>
    public static SchemaViolation? FindViolation(string schemaName, JsonElement value) =>
        Open.GetOrAdd(schemaName, name => new RequestSchema(All.Value.GetProperty(name))).FindViolation(value);

    /// <summary>Refuses a body that is not what the schema says; members that it does not name are refused too.</summary>
    public static void Check(string schemaName, JsonElement body) =>
        Closed.GetOrAdd(schemaName, name => new RequestSchema(Close(All.Value.GetProperty(name)))).Check(body, "The body");

    /// <summary>Returns the names of the members of an element that a PUT or PATCH does not change, and that its body has anyway.</summary>
    public static IReadOnlyList<string> FindReadOnly(Operation operation, JsonElement body) =>
        operation.Method is "PUT" or "PATCH"
        && body.ValueKind == JsonValueKind.Object
        && operation.RequestSchema is { } schemaName
        && ReadOnly.Value.TryGetValue(schemaName, out var readOnly)
            ? [.. body.EnumerateObject().Select(static member => member.Name).Where(readOnly.Contains).Distinct(StringComparer.Ordinal)]
            : [];

    private static Dictionary<string, HashSet<string>> ReadReadOnly()
    {
        var found = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        using var stream = typeof(RequestSchemas).Assembly.GetManifestResourceStream("read-only-members.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                var parts = line.Split(':');
                var members = new HashSet<string>(parts[1].Trim().Split(' '), StringComparer.Ordinal);
                foreach (var schemaName in parts[0].Split(' '))
                {
                    found.Add(schemaName, members);
                }
            }
        }

        return found;
    }

    private static JsonElement Close(JsonElement schema)
    {
        var closed = EmulatorJson.Edit(schema);
        if (closed.ContainsKey("properties") && !closed.ContainsKey("additionalProperties"))
        {
            closed["additionalProperties"] = false;
        }

        return EmulatorJson.Freeze(closed);
    }
}
