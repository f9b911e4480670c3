using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Membrane.Emulator.Apps;
using Membrane.Emulator.Catalog;
using Membrane.Emulator.Ranking;

namespace Membrane.Emulator.Agents;

/// <summary>The fields that a request for a field mapping names, by pairs or by the records that have them.</summary>
internal sealed class MappedFields
{
    private static readonly Regex PairPattern = new(
        @"\b(?<from>[A-Za-z_]\w{0,60})\s+(?:to|into|->)\s+(?<to>[A-Za-z_]\w{0,60})\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        TimeSpan.FromMilliseconds(200)
    );

    private readonly IReadOnlyList<KeyValuePair<string, string>> pairs;

    private MappedFields(string name, IReadOnlyList<KeyValuePair<string, string>> pairs)
    {
        Name = name;
        this.pairs = pairs;
    }

    /// <summary>The name of the mapping.</summary>
    public string Name { get; }

    /// <summary>Returns what the prompt names; null when that is nothing.</summary>
    public static MappedFields? Of(Prompt prompt)
    {
        var pairs = PairPattern
            .Matches(prompt.Subject)
            .Cast<Match>()
            .Select(match => new KeyValuePair<string, string>(match.Groups["from"].Value, match.Groups["to"].Value))
            .GroupBy(pair => pair.Value, StringComparer.Ordinal)
            .Select(group => group.First())
            .ToArray();
        if (pairs.Length > 0)
        {
            return new MappedFields("Map " + string.Join(", ", pairs.Take(3).Select(pair => pair.Key)), pairs);
        }

        var words = TextAnalyzer
            .Split(prompt.Subject)
            .Where(word => !TextAnalyzer.IsStopWord(word) && word is not ("map" or "maps" or "field" or "fields"))
            .Take(4)
            .ToArray();
        if (words.Length == 0)
        {
            return null;
        }

        var noun = CollectionNames.Plural(Slug.Of(string.Join(" ", words)));
        return new MappedFields(
            CultureInfo.InvariantCulture.TextInfo.ToTitleCase(noun.Replace('-', ' ')),
            RecordShape
                .Of(CollectionNames.Singular(noun))
                .Fields.Select(field => new KeyValuePair<string, string>(field.Name, field.Name))
                .ToArray()
        );
    }

    /// <summary>Makes what the own app gets of a record of the app.</summary>
    public JsonObject ImportValue() => Value(pair => (pair.Value, pair.Key));

    /// <summary>Makes what the app gets of an object of the own app.</summary>
    public JsonObject ExportValue() => Value(pair => (pair.Key, pair.Value));

    private JsonObject Value(Func<KeyValuePair<string, string>, (string Target, string Source)> direction)
    {
        var value = new JsonObject();
        foreach (var (target, source) in pairs.Select(direction))
        {
            value[target] = new JsonObject { ["$var"] = "$." + source };
        }

        return value;
    }
}
