using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Client.Schemas;
using Membrane.Client.Schemas.Checking;
using Membrane.Client.Schemas.Reading;
using Membrane.Client.Schemas.Values;
using Membrane.Emulator.Contract;
using Membrane.Emulator.Json;

namespace Membrane.Emulator.Pages;

/// <summary>The form that follows from the schema of an app's credentials, and what a person has put into it.</summary>
internal sealed class CredentialFields(JsonElement schema)
{
    /// <summary>What begins with this is refused by every app, so that a refusal can be tried.</summary>
    public const string RefusedPrefix = "invalid";

    private const string RuleId = "what-is-accepted";

    /// <summary>The fields as HTML.</summary>
    /// <param name="given">What was typed before; secrets are not shown again.</param>
    /// <param name="problems">What is wrong with it, by field.</param>
    public string Render(QueryValues? given, IReadOnlyDictionary<string, string> problems)
    {
        var html = new List<string>();
        var first = true;
        foreach (var property in Properties())
        {
            problems.TryGetValue(property.Name, out var problem);
            var focus = problems.Count > 0 ? problem is not null : first;
            html.Add(Field(property, given?.Text(property.Name), problem, focus && !html.Any(line => line.Contains(" autofocus"))));
            first = false;
        }

        html.Add($"<span class=\"hint\" id=\"{RuleId}\">The emulator accepts anything that does not begin with “{RefusedPrefix}”.</span>");
        return string.Concat(html);
    }

    /// <summary>Reads the form.</summary>
    /// <param name="form">What was typed.</param>
    /// <param name="problems">What is wrong, by field; empty when the credentials are good.</param>
    public JsonObject Read(QueryValues form, out Dictionary<string, string> problems)
    {
        problems = new Dictionary<string, string>(StringComparer.Ordinal);
        var credentials = new JsonObject();
        foreach (var property in Properties())
        {
            var text = form.Text(property.Name)?.Trim();
            if (string.IsNullOrEmpty(text))
            {
                if (IsRequired(property.Name) && !IsCheck(property.Value))
                {
                    problems[property.Name] = $"Enter the {Title(property)}.";
                }
            }
            else if (text!.StartsWith(RefusedPrefix, StringComparison.OrdinalIgnoreCase))
            {
                problems[property.Name] = $"The app does not accept this {Title(property)}.";
            }
            else
            {
                credentials[property.Name] = Value(property.Value, text);
            }

            if (IsCheck(property.Value))
            {
                credentials[property.Name] = !string.IsNullOrEmpty(text);
            }
        }

        if (problems.Count == 0 && FindViolation(EmulatorJson.Freeze(credentials)) is { } wrong)
        {
            problems[FieldOf(wrong)] = wrong.Describe("What was entered");
        }

        return credentials;
    }

    private SchemaViolation? FindViolation(JsonElement credentials)
    {
        // Credentials are secrets: with this mark, messages do not repeat values.
        var concealing = EmulatorJson.Edit(schema);
        concealing["writeOnly"] = true;

        // A schema that cannot be used says nothing about what was typed.
        return JsonSchema.TryParse(EmulatorJson.Freeze(concealing), out var usable, out _, new JsonSchemaOptions { CheckFormats = true })
            ? usable!.FindViolation(credentials)
            : null;
    }

    /// <summary>The field of the form that is wrong; empty if the form does not have it.</summary>
    private string FieldOf(SchemaViolation violation) =>
        Properties()
            .Select(property => property.Name)
            .FirstOrDefault(name => (violation.Pointer + "/").StartsWith($"/{JsonPointer.Escape(name)}/", StringComparison.Ordinal))
        ?? "";

    private string Field(JsonProperty property, string? given, string? problem, bool focus)
    {
        var id = PageLayout.Text(property.Name);
        var title = PageLayout.Text(Title(property));
        var description = property.Value.Text("description");
        var notes = new List<string> { RuleId };
        if (description is not null)
        {
            notes.Add(id + "-hint");
        }

        if (problem is not null)
        {
            notes.Insert(0, id + "-problem");
        }

        var attributes =
            $" id=\"{id}\" name=\"{id}\""
            + $" aria-describedby=\"{string.Join(" ", notes)}\""
            + (problem is not null ? " aria-invalid=\"true\"" : "")
            + (IsRequired(property.Name) && !IsCheck(property.Value) ? " required" : "")
            + (focus ? " autofocus" : "");
        var after =
            (description is null ? "" : $"<span class=\"hint\" id=\"{id}-hint\">{PageLayout.Text(description)}</span>")
            + (problem is null ? "" : $"<span class=\"wrong\" role=\"alert\" id=\"{id}-problem\">{PageLayout.Text(problem)}</span>");
        if (IsCheck(property.Value))
        {
            return $"<label class=\"check\"><input type=\"checkbox\" "
                + $"value=\"true\"{attributes}{(given is null ? "" : " checked")}>{title}</label>{after}";
        }

        return $"<label for=\"{id}\">{title}{(IsRequired(property.Name) ? "" : " <span class=\"soft\">(optional)</span>")}</label>"
            + Control(property, attributes, given)
            + after;
    }

    private static string Control(JsonProperty property, string attributes, string? given)
    {
        if (property.Value.Member("enum") is { ValueKind: JsonValueKind.Array } choices)
        {
            var options = choices
                .EnumerateArray()
                .Select(one => one.ToString())
                .Select(one => $"<option{(one == given ? " selected" : "")}>{PageLayout.Text(one)}</option>");
            return $"<select{attributes}>{string.Concat(options)}</select>";
        }

        if (property.Value.Text("type") is "object" or "array")
        {
            return $"<textarea rows=\"4\" spellcheck=\"false\"{attributes}>{PageLayout.Text(given ?? "")}</textarea>";
        }

        var secret = IsSecret(property);
        var type = secret
            ? "password"
            : property.Value.Text("format") switch
            {
                "uri" or "url" => "url",
                "email" => "email",
                _ => "text",
            };
        var mode = property.Value.Text("type") is "number" or "integer" ? " inputmode=\"decimal\"" : "";
        return $"<input type=\"{type}\" autocomplete=\"off\" autocapitalize=\"off\" "
            + $"spellcheck=\"false\"{mode}{attributes}{(secret || given is null ? "" : $" value=\"{PageLayout.Text(given)}\"")}>";
    }

    /// <summary>Whatever may be a secret is hidden while it is typed; what is plainly none is not.</summary>
    private static bool IsSecret(JsonProperty property)
    {
        if (property.Value.Text("format") is { } format)
        {
            return format == "password";
        }

        var name = property.Name.ToUpperInvariant();
        return new[] { "KEY", "SECRET", "TOKEN", "PASS", "CREDENTIAL" }.Any(name.Contains);
    }

    private static JsonNode? Value(JsonElement property, string text)
    {
        switch (property.Text("type"))
        {
            case "number"
            or "integer"
                when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                    && !double.IsNaN(number)
                    && !double.IsInfinity(number):
                return number;
            case "object" or "array":
                try
                {
                    return EmulatorJson.ToNode(EmulatorJson.ParseForeign(System.Text.Encoding.UTF8.GetBytes(text)));
                }
                catch (JsonException)
                {
                    // The schema check says what is wrong with the text.
                    return text;
                }

            default:
                return text;
        }
    }

    private static string Title(JsonProperty property) => property.Value.Text("title") ?? property.Name;

    private static bool IsCheck(JsonElement property) => property.Text("type") == "boolean";

    private bool IsRequired(string name) =>
        schema.Member("required") is { ValueKind: JsonValueKind.Array } required
        && required.EnumerateArray().Any(one => one.ValueKind == JsonValueKind.String && one.GetString() == name);

    private IEnumerable<JsonProperty> Properties() =>
        schema.Member("properties") is { ValueKind: JsonValueKind.Object } properties
            ? properties.EnumerateObject()
            : Enumerable.Empty<JsonProperty>();
}
