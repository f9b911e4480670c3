using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Text.Json;
using Membrane.Client.Schemas.Checking;
using Membrane.Client.Schemas.Compilation;
using Membrane.Client.Schemas.Reading;

namespace Membrane.Client.Schemas;

/// <summary>
/// A JSON Schema (draft-07 or 2020-12), compiled once to check many values. Thread safe.
/// Nothing is ever fetched: a reference to another document is refused.
/// </summary>
internal sealed class JsonSchema
{
    private readonly CompiledSchema compiled;

    private JsonSchema(CompiledSchema compiled) => this.compiled = compiled;

    /// <summary>Compiles a schema. The element's document may be disposed afterwards.</summary>
    /// <exception cref="JsonSchemaException">The schema is not valid, or uses something that is refused.</exception>
    public static JsonSchema Parse(JsonElement schema, JsonSchemaOptions? options = null) =>
        Parse(schema, options is { CheckFormats: true }, Metaschemas.Find);

    /// <summary>Compiles a schema that may refer to further documents, as the official tests do.</summary>
    internal static JsonSchema Parse(JsonElement schema, bool checksFormats, Func<Uri, JsonElement?> findDocument)
    {
        try
        {
            return new JsonSchema(SchemaCompiler.Compile(schema, checksFormats, findDocument));
        }
        catch (InsufficientExecutionStackException exception)
        {
            throw new JsonSchemaException("", null, "it is nested too deeply.", exception);
        }
        catch (InvalidOperationException exception) when (exception is not ObjectDisposedException)
        {
            // System.Text.Json throws this for half a surrogate pair.
            throw new JsonSchemaException("", null, "it has text that is not valid Unicode.", exception);
        }
    }

    /// <summary>Compiles a schema, or says why it cannot be used.</summary>
    public static bool TryParse(JsonElement schema, out JsonSchema? result, out string? reason, JsonSchemaOptions? options = null)
    {
        try
        {
            result = Parse(schema, options);
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
    /// Returns what is wrong with a value: nothing if it is valid, otherwise at most 100 violations. A check that has to be
    /// stopped (a pattern that takes too long, a value nested too deeply, more than 10 seconds) is a violation as well.
    /// </summary>
    public IReadOnlyList<SchemaViolation> Check(JsonElement instance) => SchemaCheck.Collect(compiled, Value(instance), StartClock());

    /// <summary>Finds the first thing that is wrong with a value; null if it is valid.</summary>
    internal SchemaViolation? FindViolation(JsonElement instance)
    {
        var violations = Check(instance);
        return violations.Count > 0 ? violations[0] : null;
    }

    /// <summary>Decides whether a value meets the schema. Faster than <see cref="Check(JsonElement)"/> for one that does not.</summary>
    public bool IsValid(JsonElement instance) => SchemaCheck.Decide(compiled, Value(instance), StartClock());

    /// <summary>Checks a value by the caller's clock, which makes the time limit testable.</summary>
    internal IReadOnlyList<SchemaViolation> Check(JsonElement instance, Func<TimeSpan> elapsed) =>
        SchemaCheck.Collect(compiled, instance, elapsed);

    private static JsonElement Value(JsonElement instance) =>
        instance.ValueKind == JsonValueKind.Undefined
            ? throw new ArgumentException("There is no value to check.", nameof(instance))
            : instance;

    private static Func<TimeSpan> StartClock()
    {
        var watch = Stopwatch.StartNew();
        return () => watch.Elapsed;
    }
}
