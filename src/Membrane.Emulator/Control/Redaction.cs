using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Membrane.Emulator.Json;

namespace Membrane.Emulator.Control;

/// <summary>Takes the secrets out of the parts of one request, and keeps the names of what it hid.</summary>
internal sealed class Redaction
{
    private static readonly Regex Pair = new("(?<=^|&)(?<name>[^=&]*)=(?<value>[^&]*)", RegexOptions.CultureInvariant);

    // A member of JSON that cannot be read whole.
    private static readonly Regex Member = new(
        "\"(?<name>[^\"\\\\]{1,200})\"\\s*:\\s*(?<value>\"(?:[^\"\\\\]|\\\\.)*\"?|[{\\[])?",
        RegexOptions.CultureInvariant
    );

    private readonly SortedSet<string> hidden = new(StringComparer.Ordinal);

    /// <summary>What was hidden, such as <c>headers.Authorization</c> and <c>body.credentials.apiKey</c>.</summary>
    public IReadOnlyList<string> Hidden => hidden.ToArray();

    /// <summary>Returns the value of a header; of an Authorization its scheme stays.</summary>
    public string Header(string name, string value)
    {
        if (!SecretRule.IsName(name) && !SecretRule.IsToken(value))
        {
            return value;
        }

        hidden.Add("headers." + name);
        var space = name.EndsWith("Authorization", StringComparison.OrdinalIgnoreCase) ? value.IndexOf(' ') : -1;
        return space < 0 ? SecretRule.Redacted : value.Substring(0, space) + " " + SecretRule.Redacted;
    }

    /// <summary>Returns a query or a form.</summary>
    /// <param name="text">The pairs, as they were sent.</param>
    /// <param name="place">Where it stands: query or body.</param>
    /// <param name="isSecret">Whether a pair of the name is a secret besides.</param>
    public string Pairs(string text, string place, Func<string, bool>? isSecret = null) =>
        Pair.Replace(
            text,
            pair =>
            {
                var name = Decode(pair.Groups["name"].Value);
                if (
                    !SecretRule.IsPairName(name)
                    && !SecretRule.IsToken(Decode(pair.Groups["value"].Value))
                    && isSecret?.Invoke(name) != true
                )
                {
                    return pair.Value;
                }

                hidden.Add(place + "." + name);
                return pair.Groups["name"].Value + "=" + SecretRule.Redacted;
            }
        );

    /// <summary>Returns JSON; of what is not JSON, or is cut off, only what precedes the first secret.</summary>
    public string Json(byte[] body, string text)
    {
        try
        {
            var json = EmulatorJson.ToNode(EmulatorJson.ParseForeign(body));
            return Redact(json, "body") ? Encoding.UTF8.GetString(EmulatorJson.ToBytes(json)) : text;
        }
        catch (JsonException)
        {
            return CutOff(text);
        }
    }

    private string CutOff(string text)
    {
        foreach (Match member in Member.Matches(text))
        {
            var value = member.Groups["value"].Value;
            if (SecretRule.IsName(member.Groups["name"].Value) || SecretRule.IsToken(value.Trim('"')))
            {
                hidden.Add("body." + member.Groups["name"].Value);
                return text.Substring(0, member.Groups["value"].Success ? member.Groups["value"].Index : member.Index + member.Length)
                    + SecretRule.Redacted;
            }
        }

        return text;
    }

    private bool Redact(JsonNode? value, string place)
    {
        var found = false;
        if (value is JsonObject members)
        {
            foreach (var member in members.ToArray())
            {
                var inner = place + "." + member.Key;
                if (IsSecret(member.Key, member.Value))
                {
                    members[member.Key] = SecretRule.Redacted;
                    hidden.Add(inner);
                    found = true;
                }
                else
                {
                    found |= Redact(member.Value, inner);
                }
            }
        }
        else if (value is JsonArray items)
        {
            for (var index = 0; index < items.Count; index++)
            {
                if (IsSecret(string.Empty, items[index]))
                {
                    items[index] = SecretRule.Redacted;
                    hidden.Add(place + "[]");
                    found = true;
                }
                else
                {
                    found |= Redact(items[index], place + "[]");
                }
            }
        }

        return found;
    }

    // Null, numbers and booleans are shown: "hasSecret", and "tokens" as a count.
    private static bool IsSecret(string name, JsonNode? value) =>
        value switch
        {
            JsonObject or JsonArray => SecretRule.IsName(name),
            JsonValue one when one.TryGetValue(out string? text) => text.Length > 0
                && (SecretRule.IsName(name) || SecretRule.IsToken(text)),
            _ => false,
        };

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
