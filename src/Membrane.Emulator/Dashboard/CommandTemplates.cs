using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Membrane.Client.Files;
using Membrane.Client.NativeCommands;
using Membrane.Emulator.Contract;
using Membrane.Emulator.Json;

namespace Membrane.Emulator.Dashboard;

/// <summary>
/// The module's commands for operations of the API. A command is written for a request only if it says every part of it: what stands in the
/// path, in the query, and in the body.
/// </summary>
internal static class CommandTemplates
{
    private static readonly Regex Placeholder = new(@"\{(?:(?<form>text|json):)?(?<part>[^}]+)\}", RegexOptions.CultureInvariant);

    // An id or a key: nothing that a command would take for a pattern, a name or an address.
    private static readonly Regex Reference = new(@"^[A-Za-z0-9][A-Za-z0-9_.-]*\z", RegexOptions.CultureInvariant);

    private static readonly Lazy<ILookup<string, string>> ByOperation = new(static () =>
        EmbeddedText
            .Read(typeof(CommandTemplates).Assembly, "commands.txt")
            .Split('\n')
            .Where(static line => line.Length > 0 && line[0] != '#')
            .Select(static line => line.Split([": "], 2, StringSplitOptions.None))
            .ToLookup(static parts => parts[0], static parts => parts[1])
    );

    /// <summary>Writes the command of the request; null if there is none that says all of it.</summary>
    public static string? Fill(RecordedRequest request)
    {
        if (
            OperationTable.Default.Match(request.Method, request.Path, out var route) is not { } operation
            || !ByOperation.Value.Contains(operation.Id)
            || Parts(request, route) is not { } parts
        )
        {
            return null;
        }

        return ByOperation.Value[operation.Id].Select(template => Fill(template, parts)).FirstOrDefault(static line => line is not null);
    }

    /// <summary>Returns the parts by their names, such as <c>query.search</c>; null where they have none.</summary>
    private static Dictionary<string, object>? Parts(RecordedRequest request, Dictionary<string, string> route)
    {
        var query = QueryValues.Parse(request.Query);
        if (request.Query.Split('&').Count(static pair => pair.Length > 0) != query.All.Count)
        {
            return null;
        }

        var parts = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var value in route)
        {
            parts["path." + value.Key] = value.Value;
        }

        // How large a page is, is the command's affair.
        foreach (var value in query.All.Where(static value => value.Key != "limit"))
        {
            parts["query." + value.Key] = value.Value;
        }

        return request.Body is null || AddBody(parts, request.Body) ? parts : null;
    }

    private static bool AddBody(Dictionary<string, object> parts, string body)
    {
        try
        {
            var json = EmulatorJson.ParseForeign(Encoding.UTF8.GetBytes(body));
            if (json.ValueKind != JsonValueKind.Object)
            {
                return false;
            }

            foreach (var member in json.EnumerateObject())
            {
                parts["body." + member.Name] = member.Value;
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string? Fill(string template, Dictionary<string, object> parts)
    {
        Match[] places = [.. Placeholder.Matches(template).Cast<Match>()];
        string?[] values = [.. places.Select(place => Value(place.Groups["form"].Value, parts, place.Groups["part"].Value))];
        if (places.Length != parts.Count || values.Contains(null))
        {
            return null;
        }

        var next = 0;
        return Placeholder.Replace(template, _ => ScriptText.Quote(values[next++]!));
    }

    private static string? Value(string form, Dictionary<string, object> parts, string name)
    {
        if (!parts.TryGetValue(name, out var part))
        {
            return null;
        }

        if (form == "json")
        {
            return part is JsonElement { ValueKind: JsonValueKind.Object } json ? JsonLine.Of(json.GetRawText()) : null;
        }

        var text = part is JsonElement value ? (value.ValueKind == JsonValueKind.String ? value.GetString() : null) : (string)part;
        return text is not null && (form == "text" ? !string.IsNullOrWhiteSpace(text) : Reference.IsMatch(text)) ? text : null;
    }
}
