using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Membrane.Client.Schemas;
using Membrane.Client.Schemas.Checking;
using Membrane.Client.Schemas.Reading;
using Xunit;

namespace Membrane.Client.Tests.Schemas;

internal static class Json
{
    public static JsonElement Parse(string text, int maxDepth = 64)
    {
        using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = maxDepth });
        return document.RootElement.Clone();
    }

    public static JsonSchema Schema(string schema) => JsonSchema.Parse(Parse(schema));

    public static IReadOnlyList<SchemaViolation> Check(string schema, string instance)
    {
        var compiled = Schema(schema);
        var violations = compiled.Check(Parse(instance));
        Assert.Equal(violations.Count == 0, compiled.IsValid(Parse(instance)));
        return violations;
    }

    public static bool IsValid(string schema, string instance) => Check(schema, instance).Count == 0;

    public static SchemaViolation Single(string schema, string instance) => Assert.Single(Check(schema, instance));

    public static string[] Messages(string schema, string instance) =>
        Check(schema, instance).Select(violation => violation.Message).ToArray();

    public static JsonSchemaException Refusal(string schema) => Assert.Throws<JsonSchemaException>(() => Schema(schema));
}
