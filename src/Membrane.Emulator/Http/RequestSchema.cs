using System;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Client.Schemas;
using Membrane.Client.Schemas.Checking;
using Membrane.Client.Schemas.Reading;

namespace Membrane.Emulator.Http;

/// <summary>What a request may contain, as a JSON Schema with formats. It is compiled at its first use.</summary>
internal sealed class RequestSchema(JsonElement schema)
{
    private readonly Lazy<JsonSchema> compiled = new(() => JsonSchema.Parse(schema, new JsonSchemaOptions { CheckFormats = true }));

    /// <summary>The first violation; null if the value is valid.</summary>
    public SchemaViolation? FindViolation(JsonElement value) => compiled.Value.FindViolation(value);

    /// <summary>Refuses a value that is not valid.</summary>
    /// <param name="value">The value.</param>
    /// <param name="name">What the message calls the whole value.</param>
    /// <exception cref="ApiException">400, with the field that is wrong.</exception>
    public void Check(JsonElement value, string name)
    {
        if (FindViolation(value) is { } violation)
        {
            throw ApiException.BadRequest(violation.Describe(name), new JsonObject { ["path"] = violation.Pointer });
        }
    }
}
