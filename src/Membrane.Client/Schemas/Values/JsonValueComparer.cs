using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Membrane.Client.Schemas.Values;

/// <summary>Equality as JSON Schema has it: 1 is 1.0, the order of fields does not count, that of items does.</summary>
internal sealed class JsonValueComparer : IEqualityComparer<JsonElement>
{
    public static JsonValueComparer Instance { get; } = new();

    public bool Equals(JsonElement x, JsonElement y)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (x.ValueKind != y.ValueKind)
        {
            return false;
        }

        return x.ValueKind switch
        {
            JsonValueKind.String => JsonStrings.Read(x) == JsonStrings.Read(y),
            JsonValueKind.Number => NumbersEqual(x, y),
            JsonValueKind.Array => ItemsEqual(x, y),
            JsonValueKind.Object => MembersEqual(x, y),
            _ => true,
        };
    }

    public int GetHashCode(JsonElement obj)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        return obj.ValueKind switch
        {
            JsonValueKind.String => JsonStrings.Read(obj).GetHashCode(),
            JsonValueKind.Number => ExactNumber.Read(obj).GetHashCode(),
            JsonValueKind.Array => HashItems(obj),
            JsonValueKind.Object => HashMembers(obj),
            _ => (int)obj.ValueKind,
        };
    }

    private static bool NumbersEqual(JsonElement x, JsonElement y) =>
        x.TryGetInt64(out var left) && y.TryGetInt64(out var right) ? left == right : ExactNumber.Read(x).Equals(ExactNumber.Read(y));

    private bool ItemsEqual(JsonElement x, JsonElement y)
    {
        if (x.GetArrayLength() != y.GetArrayLength())
        {
            return false;
        }

        using var left = x.EnumerateArray();
        using var right = y.EnumerateArray();
        while (left.MoveNext() && right.MoveNext())
        {
            if (!Equals(left.Current, right.Current))
            {
                return false;
            }
        }

        return true;
    }

    private bool MembersEqual(JsonElement x, JsonElement y)
    {
        var left = Members(x);
        var right = Members(y);
        if (left.Count != right.Count)
        {
            return false;
        }

        foreach (var member in left)
        {
            if (!right.TryGetValue(member.Key, out var other) || !Equals(member.Value, other))
            {
                return false;
            }
        }

        return true;
    }

    private int HashItems(JsonElement items)
    {
        var hash = 17;
        foreach (var item in items.EnumerateArray())
        {
            hash = unchecked((hash * 31) + GetHashCode(item));
        }

        return hash;
    }

    private int HashMembers(JsonElement value)
    {
        var hash = 23;
        foreach (var member in Members(value))
        {
            hash = unchecked(hash + (member.Key.GetHashCode() * 31 ^ GetHashCode(member.Value)));
        }

        return hash;
    }

    // Of a name that comes twice the last value counts, as for the rest of System.Text.Json.
    private static Dictionary<string, JsonElement> Members(JsonElement value)
    {
        var members = new Dictionary<string, JsonElement>();
        foreach (var property in value.EnumerateObject())
        {
            members[JsonStrings.Name(property)] = property.Value;
        }

        return members;
    }
}
