using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Client.Schemas;
using Membrane.Client.Schemas.Checking;
using Membrane.Client.Schemas.Reading;

namespace Membrane.Client.Rows;

/// <summary>An input that meets a schema, to be filled in: what is required, with what the schema says or with values of its types.</summary>
internal sealed class InputSkeleton
{
    private InputSkeleton(JsonElement value, IReadOnlyList<SchemaViolation> problems)
    {
        Value = value;
        Problems = problems;
    }

    /// <summary>The input.</summary>
    public JsonElement Value { get; }

    /// <summary>What is wrong with it: nothing, unless no value was found that meets the schema.</summary>
    public IReadOnlyList<SchemaViolation> Problems { get; }

    /// <summary>Makes one. Schemas may be hostile: what has no end is cut.</summary>
    /// <param name="schema">The schema of the input.</param>
    /// <param name="includesOptional">Whether it has what is optional, too.</param>
    /// <exception cref="JsonSchemaException">The schema is not valid.</exception>
    public static InputSkeleton Make(JsonElement schema, bool includesOptional)
    {
        var whole = JsonSchema.Parse(schema);
        foreach (
            var check in new[]
            {
                (SampleCheck?)new SampleCheck(schema, checksFormats: true),
                new SampleCheck(schema, checksFormats: false),
                SampleCheck.None,
            }
        )
        {
            if (new SampleMaker(schema, includesOptional, check!).TryMake(out var made))
            {
                var value = ToElement(made);
                var problems = whole.Check(value);
                if (problems.Count == 0 || ReferenceEquals(check, SampleCheck.None))
                {
                    return new InputSkeleton(value, problems);
                }
            }
        }

        var nothing = ToElement(new JsonObject());
        return new InputSkeleton(nothing, whole.Check(nothing).ToArray());
    }

    /// <summary>Returns the input as indented JSON.</summary>
    public string ToJson()
    {
        using var stream = new MemoryStream();
        using (
            var writer = new Utf8JsonWriter(
                stream,
                new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
            )
        )
        {
            Value.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static JsonElement ToElement(JsonNode? node)
    {
        using var document = JsonDocument.Parse(node?.ToJsonString() ?? "null");
        return document.RootElement.Clone();
    }
}
