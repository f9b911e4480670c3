using System;
using System.IO;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;

namespace Membrane.Emulator.Schemas;

/// <summary>The schemas of the request bodies, from the contract that is built into the assembly.</summary>
internal static class RequestSchemas
{
    private static readonly Lazy<JsonElement> All = new(() =>
    {
        using Stream stream = typeof(RequestSchemas).Assembly.GetManifestResourceStream("request-schemas.json")!;
        using var reader = new StreamReader(stream);
        return JsonText.Parse(reader.ReadToEnd());
    });

    /// <summary>Refuses a body that is not what the schema says; members that it does not name are refused too.</summary>
    public static void Check(string schemaName, JsonElement body)
    {
        SchemaProblem? problem = SchemaCheck.FirstProblem(All.Value.GetProperty(schemaName), body, closed: true);
        if (problem is not null)
            throw ApiException.BadRequest(problem.Sentence("The body"), new JsonObject { ["path"] = problem.Path });
    }
}
