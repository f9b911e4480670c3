using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Membrane.Client.Schemas.Checking;
using Membrane.Client.Schemas.Patterns;
using Membrane.Client.Schemas.Reading;
using Membrane.Client.Schemas.Values;

namespace Membrane.Client.Schemas.Keywords;

/// <summary>properties, patternProperties and additionalProperties, in one walk through the fields.</summary>
internal sealed class PropertiesKeyword : SchemaKeyword
{
    private readonly Dictionary<string, SchemaNode> properties;
    private readonly Dictionary<SchemaPattern, SchemaNode> patterns;
    private readonly SchemaNode? additional;

    private PropertiesKeyword(
        Dictionary<string, SchemaNode> properties,
        Dictionary<SchemaPattern, SchemaNode> patterns,
        SchemaNode? additional
    )
    {
        this.properties = properties;
        this.patterns = patterns;
        this.additional = additional;
    }

    public static void Read(SchemaReader reader, List<SchemaKeyword> keywords)
    {
        var additional = reader.ReadNode("additionalProperties");
        var hasProperties = reader.TryReadNodeMap("properties", out var properties);
        var hasPatterns = reader.TryReadNodeMap("patternProperties", out var patterns);
        if (!hasProperties && !hasPatterns && additional is null)
        {
            return;
        }

        var compiled = new Dictionary<SchemaPattern, SchemaNode>();
        foreach (var entry in patterns)
        {
            compiled.Add(reader.ReadPattern("patternProperties", entry.Key), entry.Value);
        }

        keywords.Add(new PropertiesKeyword(properties, compiled, additional));
    }

    public override bool Check(JsonElement instance, SchemaCheck check, EvaluatedMembers? evaluated)
    {
        if (instance.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        var valid = true;
        foreach (var property in instance.EnumerateObject())
        {
            if (CheckProperty(JsonStrings.Name(property), property.Value, check, evaluated))
            {
                continue;
            }

            valid = false;
            if (!check.Collects)
            {
                return false;
            }
        }

        return valid;
    }

    private bool CheckProperty(string name, JsonElement value, SchemaCheck check, EvaluatedMembers? evaluated)
    {
        var valid = true;
        var known = properties.TryGetValue(name, out var node);
        if (known)
        {
            valid = check.CheckMember(node!, name, value);
        }

        foreach (var entry in patterns)
        {
            if (!entry.Key.IsMatch(name, "patternProperties"))
            {
                continue;
            }

            known = true;
            valid &= check.CheckMember(entry.Value, name, value);
        }

        if (!known && additional is null)
        {
            return true;
        }

        evaluated?.Add(name);
        return known ? valid : CheckAdditional(additional!, name, value, check);
    }

    private bool CheckAdditional(SchemaNode node, string name, JsonElement value, SchemaCheck check)
    {
        if (!node.IsNever || !check.Collects)
        {
            return check.CheckMember(node, name, value);
        }

        var known = properties.Count == 0 ? "" : $" Known here: {ValueWords.List(KnownNames(), "and")}.";
        check.ReportMember(name, "additionalProperties", "is not a known field." + known);
        return false;
    }

    private string[] KnownNames() =>
        properties.Keys.Select(static name => ShownText.OfLine(name)).OrderBy(name => name, StringComparer.Ordinal).ToArray();
}
