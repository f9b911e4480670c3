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

    private static readonly PageTemplate Form = PageTemplate.Read("CredentialFields.html");

    /// <summary>Writes the fields as HTML.</summary>
    /// <param name="given">What was typed before; secrets are not shown again.</param>
    /// <param name="problems">What is wrong with it, by field.</param>
    public Html Render(QueryValues? given, IReadOnlyDictionary<string, string> problems)
    {
        // What is wrong comes first, to the eye and to the keyboard.
        var focus = Properties()
            .Select(property => property.Name)
            .FirstOrDefault(name => problems.Count == 0 || problems.ContainsKey(name));
        return Form.Fill(
            new PageValues
            {
                {
                    "Fields",
                    Properties()
                        .Select(property =>
                        {
                            problems.TryGetValue(property.Name, out var problem);
                            return Field(property, given?.Text(property.Name), problem, property.Name == focus);
                        })
                },
                { "RefusedPrefix", RefusedPrefix },
            }
        );
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

    /// <summary>Says what is wrong with credentials that no person has typed; null when they are good.</summary>
    public string? FindProblem(JsonElement credentials) =>
        FindViolation(credentials) is { } wrong ? wrong.Describe("'input'")
        : credentials
            .EnumerateObject()
            .FirstOrDefault(static one =>
                one.Value.ValueKind == JsonValueKind.String
                && one.Value.GetString()!.StartsWith(RefusedPrefix, StringComparison.OrdinalIgnoreCase)
            )
            is { Value.ValueKind: JsonValueKind.String } refused
            ? $"The app does not accept '{refused.Name}'."
        : null;

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

    private PageValues Field(JsonProperty property, string? given, string? problem, bool hasFocus)
    {
        var isCheck = IsCheck(property.Value);
        var choices = property.Value.Member("enum") is { ValueKind: JsonValueKind.Array } listed ? listed : (JsonElement?)null;
        var type = isCheck || choices is not null ? null : property.Value.Text("type");
        var isLong = type is "object" or "array";
        var inputType = isCheck || isLong || choices is not null ? null : InputType(property);
        return new PageValues
        {
            { "Id", property.Name },
            { "Title", Title(property) },
            { "Description", property.Value.Text("description") },
            { "Problem", problem },
            { "HasFocus", hasFocus },
            { "IsRequired", IsRequired(property.Name) && !isCheck },
            { "IsOptional", !IsRequired(property.Name) },
            { "IsCheck", isCheck },
            { "IsChecked", given is not null },
            { "IsChoice", !isCheck && choices is not null },
            { "Choices", Choices(choices, given) },
            { "IsLong", isLong },
            { "IsNumber", type is "number" or "integer" },
            { "InputType", inputType },
            { "Given", inputType == "password" ? null : given },
        };
    }

    private static IEnumerable<PageValues> Choices(JsonElement? choices, string? given) =>
        (choices?.EnumerateArray() ?? default)
            .Select(one => one.ToString())
            .Select(one => new PageValues { { "Value", one }, { "IsSelected", one == given } });

    private static string InputType(JsonProperty property) =>
        IsSecret(property)
            ? "password"
            : property.Value.Text("format") switch
            {
                "uri" or "url" => "url",
                "email" => "email",
                _ => "text",
            };

    /// <summary>Returns whether the value may be a secret, which is hidden while it is typed.</summary>
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
