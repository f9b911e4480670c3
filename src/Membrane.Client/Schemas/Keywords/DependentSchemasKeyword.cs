using System.Collections.Generic;
using System.Text.Json;
using Membrane.Client.Schemas.Checking;
using Membrane.Client.Schemas.Reading;
using Membrane.Client.Schemas.Values;

namespace Membrane.Client.Schemas.Keywords;

/// <summary>dependentSchemas, and the older dependencies where they are schemas.</summary>
internal sealed class DependentSchemasKeyword : SchemaKeyword
{
    private readonly Dictionary<string, SchemaNode> dependencies;

    private DependentSchemasKeyword(Dictionary<string, SchemaNode> dependencies) => this.dependencies = dependencies;

    public override IEnumerable<SchemaNode> NodesForSameValue => dependencies.Values;

    public static void Read(SchemaReader reader, List<SchemaKeyword> keywords)
    {
        if (reader.TryReadNodeMap("dependentSchemas", out var nodes))
        {
            keywords.Add(new DependentSchemasKeyword(nodes));
        }

        if (!reader.TryReadObject("dependencies", out var members))
        {
            return;
        }

        var older = new Dictionary<string, SchemaNode>();
        foreach (var member in members.EnumerateObject())
        {
            if (member.Value.ValueKind != JsonValueKind.Array)
            {
                var name = JsonStrings.Name(member);
                older[name] = reader.Node("dependencies", name);
            }
        }

        keywords.Add(new DependentSchemasKeyword(older));
    }

    public override bool Check(JsonElement instance, SchemaCheck check, EvaluatedMembers? evaluated)
    {
        if (instance.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        var valid = true;
        foreach (var dependency in dependencies)
        {
            if (!JsonStrings.HasMember(instance, dependency.Key))
            {
                continue;
            }

            if (dependency.Value.IsNever && check.Collects)
            {
                check.ReportMember(dependency.Key, "dependentSchemas", "is not allowed.");
            }
            else if (dependency.Value.Check(instance, check, evaluated))
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
}
