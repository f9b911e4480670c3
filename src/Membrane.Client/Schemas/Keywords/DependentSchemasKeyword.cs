using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Membrane.Client.Schemas.Checking;
using Membrane.Client.Schemas.Reading;
using Membrane.Client.Schemas.Values;

namespace Membrane.Client.Schemas.Keywords;

/// <summary>dependentSchemas, and the older dependencies where they hold schemas.</summary>
internal sealed class DependentSchemasKeyword : SchemaKeyword
{
    private readonly Dictionary<string, SchemaNode> dependencies;

    private DependentSchemasKeyword(Dictionary<string, SchemaNode> dependencies) => this.dependencies = dependencies;

    public override IEnumerable<SchemaNode> NodesForSameValue => dependencies.Values;

    public static IEnumerable<SchemaKeyword> Read(SchemaReader reader)
    {
        if (reader.TryReadNodeMap("dependentSchemas", out var nodes))
        {
            yield return new DependentSchemasKeyword(nodes);
        }

        if (!reader.TryReadMembers("dependencies", out var members))
        {
            yield break;
        }

        var older = new Dictionary<string, SchemaNode>();
        foreach (var member in members.Where(member => member.Value.ValueKind != JsonValueKind.Array))
        {
            older[member.Key] = reader.Node("dependencies", member.Key);
        }

        yield return new DependentSchemasKeyword(older);
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
