using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Membrane.Client.Json;

/// <summary>The members of a value, whatever the host makes of objects.</summary>
internal static class ObjectMembers
{
    /// <summary>The members, or null where the value is text, a number, a list or something else that has none.</summary>
    public static IEnumerable<KeyValuePair<string, object?>>? Of(object? value, IObjectAdapter objects) =>
        objects.Unwrap(value) switch
        {
            null or string or bool or BigInteger or Array => null,
            IDictionary dictionary => dictionary
                .Entries()
                .Select(entry => new KeyValuePair<string, object?>(
                    DictionaryEntries.NameOf(objects.Unwrap(entry.Key) ?? string.Empty),
                    entry.Value
                )),
            IEnumerable<KeyValuePair<string, object?>> members => members,
            JsonElement element => element.ValueKind == JsonValueKind.Object ? Parse(element.GetRawText()) : null,
            JsonNode node => node is JsonObject ? Parse(node.ToJsonString()) : null,
            IConvertible => null,
            { } bare => TableRow.Columns(bare)
                ?? (bare is IEnumerable || SimpleValue.TextOf(bare) is not null ? null : objects.GetMembers(value!)),
        };

    private static Dictionary<string, object?>? Parse(string json) =>
        (Dictionary<string, object?>?)JsonValueReader.Read(Encoding.UTF8.GetBytes(json), DictionaryObjectAdapter.Instance);

    /// <summary>Refuses an object that says nothing to change.</summary>
    /// <exception cref="MembraneInputException">It has no members.</exception>
    public static void RequireSome(object value, IObjectAdapter objects, string parameterName)
    {
        if (Of(value, objects)?.Any() != true)
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                parameterName,
                $"The value of {parameterName} has no fields.",
                $"Pass at least one field in {parameterName}."
            );
        }
    }

    /// <summary>The value of a member, or null.</summary>
    public static object? Member(object? value, string name, IObjectAdapter objects) =>
        Of(value, objects)?.FirstOrDefault(member => string.Equals(member.Key, name, StringComparison.Ordinal)).Value;
}
