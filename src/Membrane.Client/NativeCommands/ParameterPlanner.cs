using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using Membrane.Client.Rows;
using Membrane.Client.Schemas.Patterns;

namespace Membrane.Client.NativeCommands;

/// <summary>Makes parameters of the properties of an input.</summary>
internal static class ParameterPlanner
{
    /// <summary>More properties than this are given with -AdditionalInput.</summary>
    public const int MaxParameters = 250;

    private const int MaxValues = 200;
    private const int MaxPatternLength = 200;
    private const int MaxMembers = 30;

    // A set of characters, an escape, or a character that stands for itself.
    private const string SimpleAtom = @"(?:\[\^?[A-Za-z0-9_ .:@/+-]+\]|\\[dwsDWS]|\\[.\-+/@]|[A-Za-z0-9_ @:/-])";

    /// <summary>A pattern in which nothing is repeated that is itself repeated or has alternatives: it cannot take long.</summary>
    private static readonly Regex Simple = new(
        @"^\^?"
            + SimpleAtom
            + @"(?:[?*+]|\{[0-9]{1,3}(?:,[0-9]{0,3})?\})?"
            + "(?:"
            + SimpleAtom
            + @"(?:\{[0-9]{1,3}\}|\?)?)*(?:[*+]|\{[0-9]{1,3}(?:,[0-9]{0,3})?\})?\$?$",
        RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(1)
    );

    /// <summary>
    /// Plans the parameters, and whether the input may have further properties. Returns null where the input is not an object.
    /// </summary>
    public static (IReadOnlyList<ParameterPlan> Parameters, bool TakesMore)? Plan(InputSchemaReader reader)
    {
        if (reader.Shape(reader.Root) is not { } shape)
        {
            return null;
        }

        var names = new ParameterNames();
        var chosen = shape
            .Properties.Where(static property => property.Value.ValueKind != JsonValueKind.False)
            .OrderBy(property => shape.Required.Contains(property.Key) ? 0 : 1)
            .Take(MaxParameters)
            .ToArray();
        return (
            chosen
                .Select(property =>
                    Plan(reader, names.Next(property.Key), property.Key, property.Value, shape.Required.Contains(property.Key))
                )
                .ToArray(),
            shape.AllowsMore || chosen.Length < shape.Properties.Count
        );
    }

    private static ParameterPlan Plan(InputSchemaReader reader, string name, string property, JsonElement schema, bool isMandatory)
    {
        var type = reader.OnlyType(schema);
        var item = schema;
        var isArray = type == "array";
        if (isArray)
        {
            item = InputSchemaReader.Member(schema, "items") is { ValueKind: JsonValueKind.Object } items ? reader.Resolve(items) : default;
            type = item.ValueKind == JsonValueKind.Object ? reader.OnlyType(item) : null;
        }

        var format = InputSchemaReader.Text(item, "format");
        var allowsNull = new ValueRule(reader, schema).AllowsNull;
        var given = InputSchemaReader.Member(schema, "default") is { } value ? value.GetRawText() : null;
        var kind = type switch
        {
            "string" when format == "date-time" => ParameterKind.Time,
            "string" when format == "date" => ParameterKind.Date,
            "string" => ParameterKind.Text,
            "integer" => ParameterKind.Integer,
            "number" => ParameterKind.Number,
            "boolean" => !isArray && !isMandatory && !allowsNull && given is null or "false" ? ParameterKind.Switch : ParameterKind.Boolean,
            "object" => ParameterKind.Object,
            _ => ParameterKind.Any,
        };
        return new ParameterPlan(name, property, kind)
        {
            IsArray = isArray,
            IsMandatory = isMandatory,
            AllowsNull = allowsNull,
            AllowsOthers = InputSchemaReader.AllowsOthers(item),
            Values = kind is ParameterKind.Text or ParameterKind.Integer ? ValuesOf(item) : [],
            Minimum = kind is ParameterKind.Integer or ParameterKind.Number ? Limit(item, "minimum", kind) : null,
            Maximum = kind is ParameterKind.Integer or ParameterKind.Number ? Limit(item, "maximum", kind) : null,
            MaxLength =
                kind == ParameterKind.Text
                && InputSchemaReader.Member(item, "maxLength") is { ValueKind: JsonValueKind.Number } length
                && length.TryGetInt32(out var characters)
                && characters > 0
                    ? characters
                    : null,
            Pattern = kind == ParameterKind.Text ? PatternOf(item) : null,
            Default = given,
            Format = format,
            Description = InputSchemaReader.Text(schema, "description") ?? InputSchemaReader.Text(schema, "title"),
            Members = kind == ParameterKind.Object ? MembersOf(reader, item) : [],
        };
    }

    private static string[] ValuesOf(JsonElement schema)
    {
        var values = (InputSchemaReader.Values(schema) ?? [])
            .Where(static value => value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
            .Select(static value =>
                value.ValueKind == JsonValueKind.String ? InputSchemaReader.Text(value) ?? string.Empty : value.GetRawText()
            )
            .Distinct(StringComparer.Ordinal)
            .ToArray();

        // What cannot be written as a constant of PowerShell is left to the check of the input.
        return
            values.Length <= MaxValues
            && values.All(static value => value.Length > 0 && ScriptText.IsVisible(value))
            && values.Distinct(StringComparer.OrdinalIgnoreCase).Count() == values.Length
            ? values
            : [];
    }

    private static string? Limit(JsonElement schema, string name, ParameterKind kind)
    {
        if (InputSchemaReader.Member(schema, name) is not { ValueKind: JsonValueKind.Number } limit)
        {
            return null;
        }

        return kind == ParameterKind.Integer
            ? limit.TryGetInt64(out var whole) && whole > long.MinValue
                ? whole.ToString(CultureInfo.InvariantCulture)
                : null
            : limit.TryGetDouble(out var number) && !double.IsInfinity(number)
                ? number.ToString("R", CultureInfo.InvariantCulture)
                : null;
    }

    // ValidatePattern has no time limit, so it gets only simple patterns; the check of the input has one.
    private static string? PatternOf(JsonElement schema)
    {
        var pattern = InputSchemaReader.Text(schema, "pattern");
        return pattern is { Length: > 0 and <= MaxPatternLength } && Simple.IsMatch(pattern)
            ? new PatternTranslator(pattern, false).Translate()
            : null;
    }

    private static string[] MembersOf(InputSchemaReader reader, JsonElement schema) =>
        reader.Shape(schema) is { } shape
            ? shape
                .Properties.Select(static property => property.Key)
                .Where(static name => name.Length is > 0 and < 100 && ScriptText.IsVisible(name))
                .Take(MaxMembers)
                .ToArray()
            : [];
}
