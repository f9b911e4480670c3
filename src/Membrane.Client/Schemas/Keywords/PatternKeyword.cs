using System.Collections.Generic;
using System.Text.Json;
using Membrane.Client.Schemas.Checking;
using Membrane.Client.Schemas.Patterns;
using Membrane.Client.Schemas.Reading;
using Membrane.Client.Schemas.Values;

namespace Membrane.Client.Schemas.Keywords;

internal sealed class PatternKeyword : SchemaKeyword
{
    private readonly SchemaPattern pattern;

    private PatternKeyword(SchemaPattern pattern) => this.pattern = pattern;

    public static void Read(SchemaReader reader, List<SchemaKeyword> keywords)
    {
        if (reader.ReadText("pattern") is { } text)
        {
            keywords.Add(new PatternKeyword(reader.ReadPattern("pattern", text)));
        }
    }

    public override bool Check(JsonElement instance, SchemaCheck check, EvaluatedMembers? evaluated)
    {
        if (instance.ValueKind != JsonValueKind.String || pattern.IsMatch(JsonStrings.Read(instance), "pattern"))
        {
            return true;
        }

        if (check.Collects)
        {
            check.Report("pattern", $"must match the pattern {ShownText.OfLine(pattern.Source)}, but is {check.Describe(instance)}.");
        }

        return false;
    }
}
