using System.Collections.Generic;
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

    public static void Read(SchemaReader reader, List<SchemaKeyword> keywords)
    {
        if (reader.TryReadObject("dependentRequired", out var members))
        {
            keywords.Add(Create(reader, "dependentRequired", members));
        }

        if (reader.TryReadObject("dependencies", out members))
        {
            keywords.Add(Create(reader, "dependencies", members));
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

    private static DependentRequiredKeyword Create(SchemaReader reader, string keyword, JsonElement members)
    {
        var dependencies = new Dictionary<string, string[]>();
        foreach (var member in members.EnumerateObject())
        {
            // The older keyword may have schemas as well.
            if (keyword == "dependentRequired" || member.Value.ValueKind == JsonValueKind.Array)
            {
                dependencies[JsonStrings.Name(member)] = reader.ReadNames(keyword, member.Value);
            }
        }

        return new DependentRequiredKeyword(keyword, dependencies);
    }
}
