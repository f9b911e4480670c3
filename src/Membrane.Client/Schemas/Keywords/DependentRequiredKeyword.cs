using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Membrane.Client.Schemas.Checking;
using Membrane.Client.Schemas.Reading;
using Membrane.Client.Schemas.Values;

namespace Membrane.Client.Schemas.Keywords;

/// <summary>dependentRequired, and the older dependencies where they name fields.</summary>
internal sealed class DependentRequiredKeyword : SchemaKeyword
{
    private readonly string keyword;
    private readonly Dictionary<string, string[]> dependencies;

    private DependentRequiredKeyword(string keyword, Dictionary<string, string[]> dependencies)
    {
        this.keyword = keyword;
        this.dependencies = dependencies;
    }

    public static IEnumerable<SchemaKeyword> Read(SchemaReader reader)
    {
        if (reader.TryReadMembers("dependentRequired", out var members))
        {
            yield return Create(reader, "dependentRequired", members);
        }

        if (reader.TryReadMembers("dependencies", out members))
        {
            yield return Create(reader, "dependencies", members.Where(member => member.Value.ValueKind == JsonValueKind.Array));
        }
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

            foreach (var name in dependency.Value)
            {
                if (JsonStrings.HasMember(instance, name))
                {
                    continue;
                }

                if (!check.Collects)
                {
                    return false;
                }

                check.ReportMember(name, keyword, $"is required where {ValueWords.Quote(dependency.Key)} is given.");
                valid = false;
            }
        }

        return valid;
    }

    private static DependentRequiredKeyword Create(
        SchemaReader reader,
        string keyword,
        IEnumerable<KeyValuePair<string, JsonElement>> members
    )
    {
        var dependencies = new Dictionary<string, string[]>();
        foreach (var member in members)
        {
            dependencies[member.Key] = reader.ReadNames(keyword, member.Value);
        }

        return new DependentRequiredKeyword(keyword, dependencies);
    }
}
