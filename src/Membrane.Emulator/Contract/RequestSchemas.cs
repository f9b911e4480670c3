using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Schemas;

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

    /// <summary>The names of the members that a schema has.</summary>
    public static IEnumerable<string> Members(string schemaName) =>
        All.Value.GetProperty(schemaName).GetProperty("properties").EnumerateObject().Select(member => member.Name);

    /// <summary>What is wrong with a value by the schema; null when nothing is.</summary>
    public static SchemaProblem? Problem(string schemaName, JsonElement value) =>
        SchemaCheck.FirstProblem(All.Value.GetProperty(schemaName), value);

    /// <summary>Refuses a body that is not what the schema says; members that it does not name are refused too.</summary>
    public static void Check(string schemaName, JsonElement body)
    {
        var problem = SchemaCheck.FirstProblem(All.Value.GetProperty(schemaName), body, closed: true);
        if (problem is not null)
        {
            throw ApiException.BadRequest(problem.Sentence("The body"), new JsonObject { ["path"] = problem.Path });
        }
    }
}
