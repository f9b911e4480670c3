using System;
using System.Collections.Generic;
using System.Text.Json;
using Membrane.Client.Schemas.Checking;
using Membrane.Client.Schemas.Compilation;
using Membrane.Client.Schemas.Reading;

namespace Membrane.Client.Schemas;

/// <summary>
/// A JSON Schema (draft-07 or 2020-12), compiled once to check many values. Thread safe.
/// Nothing is ever fetched: a reference to another document is refused.
/// </summary>
public sealed class JsonSchema
{
    private readonly CompiledSchema compiled;

    private JsonSchema(CompiledSchema compiled) => this.compiled = compiled;

    /// <summary>Compiles a schema. The element's document may be disposed afterwards.</summary>
    /// <exception cref="JsonSchemaException">The schema is not valid, or asks for something that is refused.</exception>
    public static JsonSchema Parse(JsonElement schema) => Parse(schema, new JsonSchemaOptions());

    /// <inheritdoc cref="Parse(JsonElement)"/>
    public static JsonSchema Parse(JsonElement schema, JsonSchemaOptions options)
    {
        try
        {
            return new JsonSchema(SchemaCompiler.Compile(schema, options));
        }
        catch (InsufficientExecutionStackException exception)
        {
            throw new JsonSchemaException("", null, "it is nested too deeply.", exception);
        }
        catch (InvalidOperationException exception) when (exception is not ObjectDisposedException)
        {
            // What System.Text.Json says of half a surrogate pair.
            throw new JsonSchemaException("", null, "it has text that is not valid Unicode.", exception);
        }
    }

    /// <summary>Compiles a schema, or says why it cannot be used.</summary>
    public static bool TryParse(JsonElement schema, out JsonSchema? result, out string? reason)
    {
        try
        {
            result = Parse(schema);
            reason = null;
            return true;
        }
        catch (JsonSchemaException exception)
        {
            result = null;
            reason = exception.Message;
            return false;
        }
    }

    /// <summary>
    /// What is wrong with a value: nothing if it is valid, at most 100 violations otherwise. A check that cannot be
    /// brought to an end (a pattern that takes too long, a value nested too deeply) is a violation as well.
    /// </summary>
    public IReadOnlyList<SchemaViolation> Check(JsonElement instance) =>
        IsValid(instance) ? Array.Empty<SchemaViolation>() : SchemaCheck.Collect(compiled, instance);

    /// <summary>Whether a value meets the schema. Faster than <see cref="Check"/> for one that does not.</summary>
    public bool IsValid(JsonElement instance)
    {
        if (instance.ValueKind == JsonValueKind.Undefined)
        {
            throw new ArgumentException("There is no value to check.", nameof(instance));
        }

        return SchemaCheck.Decide(compiled, instance);
    }
}
