using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Membrane.Client.Rows;

/// <summary>Texts that a schema may take: of its format or pattern, else the name of the field in angle brackets.</summary>
internal static class SampleText
{
    private const int MaxTries = 24;
    private const int LongestText = 100_000;

    private static readonly Dictionary<string, string> Formats = new(StringComparer.Ordinal)
    {
        ["email"] = "name@example.com",
        ["idn-email"] = "name@example.com",
        ["hostname"] = "www.example.com",
        ["idn-hostname"] = "www.example.com",
        ["ipv4"] = "192.0.2.1",
        ["ipv6"] = "2001:db8::1",
        ["uri"] = "https://www.example.com/",
        ["url"] = "https://www.example.com/",
        ["iri"] = "https://www.example.com/",
        ["uri-reference"] = "/path",
        ["iri-reference"] = "/path",
        ["uri-template"] = "/path/{id}",
        ["uuid"] = "00000000-0000-4000-8000-000000000001",
        ["time"] = "09:00:00Z",
        ["duration"] = "PT1H",
        ["json-pointer"] = "/name",
        ["relative-json-pointer"] = "0",
        ["regex"] = ".*",
    };

    /// <summary>Returns texts to try, the plainest first.</summary>
    /// <param name="schemas">The schemas that must all take it.</param>
    /// <param name="name">The name of the field.</param>
    public static IEnumerable<JsonNode?> Of(IReadOnlyList<JsonElement> schemas, string name)
    {
        var least = Lengths(schemas, "minLength").DefaultIfEmpty(0).Max();
        var most = Lengths(schemas, "maxLength").DefaultIfEmpty(LongestText).Min();
        foreach (var format in Texts(schemas, "format"))
        {
            foreach (var text in OfFormat(format))
            {
                yield return JsonValue.Create(text);
            }
        }

        foreach (var pattern in Texts(schemas, "pattern"))
        {
            foreach (var repeats in new[] { 0, 1, 2, 3, least })
            {
                if (SamplePattern.Match(pattern, Math.Min(repeats, LongestText)) is { } text)
                {
                    yield return JsonValue.Create(text);
                }
            }
        }

        for (var index = 1; index <= MaxTries; index++)
        {
            var number = index == 1 ? string.Empty : index.ToString(CultureInfo.InvariantCulture);
            var text = $"<{name}{number}>".PadRight(least, '.');
            yield return JsonValue.Create(text.Length <= most ? text : Short(number, least, most));
        }

        yield return JsonValue.Create(string.Empty);
    }

    private static string Short(string number, int least, int most)
    {
        var text = number.PadLeft(Math.Max(least, Math.Min(most, 1)), 'x');
        return text.Length <= most ? text : text.Substring(0, most);
    }

    private static IEnumerable<string> OfFormat(string format)
    {
        var day = DateTime.UtcNow.Date;
        for (var index = 0; index < MaxTries; index++)
        {
            var number = index == 0 ? string.Empty : (index + 1).ToString(CultureInfo.InvariantCulture);
            if (format == "date")
            {
                yield return day.AddDays(index).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            }
            else if (format == "date-time")
            {
                yield return day.AddDays(index).ToString("yyyy-MM-dd'T09:00:00Z'", CultureInfo.InvariantCulture);
            }
            else if (Formats.TryGetValue(format, out var sample))
            {
                yield return format switch
                {
                    "email" or "idn-email" => sample.Replace("name", "name" + number),
                    "hostname" or "idn-hostname" => sample.Replace("www", "www" + number),
                    "ipv4" or "ipv6" or "uuid" => sample.Substring(0, sample.Length - 1) + ((index % 9) + 1),
                    "time" => $"09:{index:00}:00Z",
                    "duration" => $"PT{index + 1}H",
                    _ => sample + number,
                };
            }
            else
            {
                yield break;
            }
        }
    }

    private static IEnumerable<string> Texts(IEnumerable<JsonElement> schemas, string keyword) =>
        schemas.Select(schema => InputSchemaReader.Text(schema, keyword)).OfType<string>();

    private static IEnumerable<int> Lengths(IEnumerable<JsonElement> schemas, string keyword) =>
        schemas
            .Select(schema => InputSchemaReader.Member(schema, keyword))
            .Where(static length => length is { ValueKind: JsonValueKind.Number })
            .Select(static length => (int)Math.Max(0, Math.Min(LongestText, length!.Value.GetDouble())));
}
