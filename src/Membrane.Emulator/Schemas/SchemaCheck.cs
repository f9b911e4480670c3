using System;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using Membrane.Emulator.Json;

namespace Membrane.Emulator.Schemas;

/// <summary>Checks JSON against the part of JSON Schema that the contract and the actions use.</summary>
internal static class SchemaCheck
{
    private static readonly TimeSpan PatternTime = TimeSpan.FromMilliseconds(100);

    /// <summary>The first thing that is wrong; null when nothing is.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="value">The value to look at.</param>
    /// <param name="closed">Whether members that the schema does not name are refused at the top.</param>
    public static SchemaProblem? FirstProblem(JsonElement schema, JsonElement value, bool closed = false) =>
        Look(schema, schema, value, "", closed, 0);

    private static SchemaProblem? Look(JsonElement root, JsonElement schema, JsonElement value, string path, bool closed, int depth)
    {
        if (depth > 200 || schema.ValueKind == JsonValueKind.True)
        {
            return null;
        }

        if (schema.ValueKind == JsonValueKind.False)
        {
            return new SchemaProblem(path, "is not allowed");
        }

        if (schema.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (schema.Text("$ref") is { } reference)
        {
            return Look(root, Follow(root, reference), value, path, closed, depth + 1);
        }

        return LookAtType(schema, value, path)
            ?? LookAtChoice(schema, value, path)
            ?? LookAtAlternatives(root, schema, value, path, depth)
            ?? value.ValueKind switch
            {
                JsonValueKind.String => LookAtText(schema, value.GetString()!, path),
                JsonValueKind.Number => LookAtNumber(schema, value, path),
                JsonValueKind.Array => LookAtArray(root, schema, value, path, depth),
                JsonValueKind.Object => LookAtObject(root, schema, value, path, closed, depth),
                _ => null,
            };
    }

    private static JsonElement Follow(JsonElement root, string reference)
    {
        var found = root;
        foreach (var part in reference.TrimStart('#').Split(new[] { '/' }, StringSplitOptions.RemoveEmptyEntries))
        {
            if (found.ValueKind != JsonValueKind.Object || !found.TryGetProperty(part, out found))
            {
                return default;
            }
        }

        return found;
    }

    private static SchemaProblem? LookAtType(JsonElement schema, JsonElement value, string path)
    {
        if (schema.Member("type") is not { } type)
        {
            return null;
        }

        var allowed =
            type.ValueKind == JsonValueKind.Array
                ? type.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!).ToArray()
            : type.ValueKind == JsonValueKind.String ? new[] { type.GetString()! }
            : Array.Empty<string>();
        return allowed.Length == 0 || allowed.Any(name => Is(name, value))
            ? null
            : new SchemaProblem(path, $"must be {string.Join(" or ", allowed.Select(WithArticle))}");
    }

    private static string WithArticle(string type) =>
        type switch
        {
            "null" => "null",
            "object" or "array" or "integer" => "an " + type,
            _ => "a " + type,
        };

    private static bool Is(string type, JsonElement value) =>
        type switch
        {
            "string" => value.ValueKind == JsonValueKind.String,
            "number" => value.ValueKind == JsonValueKind.Number,
            "integer" => value.ValueKind == JsonValueKind.Number
                && (
                    value.TryGetInt64(out _)
                    || (value.TryGetDouble(out var number) && Math.Floor(number) == number && !double.IsInfinity(number))
                ),
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "object" => value.ValueKind == JsonValueKind.Object,
            "array" => value.ValueKind == JsonValueKind.Array,
            "null" => value.ValueKind == JsonValueKind.Null,
            _ => true,
        };

    private static SchemaProblem? LookAtChoice(JsonElement schema, JsonElement value, string path)
    {
        if (
            schema.Member("enum") is { ValueKind: JsonValueKind.Array } choices
            && !choices.EnumerateArray().Any(choice => Same(choice, value))
        )
        {
            return new SchemaProblem(
                path,
                $"must be one of {string.Join(", ", choices.EnumerateArray().Select(choice => choice.ToString()))}"
            );
        }

        if (schema.TryGetProperty("const", out var constant) && !Same(constant, value))
        {
            return new SchemaProblem(path, $"must be {constant}");
        }

        return null;
    }

    private static bool Same(JsonElement left, JsonElement right) =>
        left.ValueKind == right.ValueKind
        && (left.ValueKind == JsonValueKind.String ? left.GetString() == right.GetString() : left.GetRawText() == right.GetRawText());

    private static SchemaProblem? LookAtAlternatives(JsonElement root, JsonElement schema, JsonElement value, string path, int depth)
    {
        foreach (var word in new[] { "anyOf", "oneOf" })
        {
            if (schema.Member(word) is not { ValueKind: JsonValueKind.Array } alternatives || alternatives.GetArrayLength() == 0)
            {
                continue;
            }

            var problems = alternatives.EnumerateArray().Select(one => Look(root, one, value, path, false, depth + 1)).ToArray();
            var fitting = problems.Count(problem => problem is null);
            if (fitting == 0)
            {
                return problems[0];
            }

            if (word == "oneOf" && fitting > 1)
            {
                return new SchemaProblem(path, "fits more than one alternative");
            }
        }

        if (schema.Member("allOf") is { ValueKind: JsonValueKind.Array } all)
        {
            foreach (var one in all.EnumerateArray())
            {
                if (Look(root, one, value, path, false, depth + 1) is { } problem)
                {
                    return problem;
                }
            }
        }

        return null;
    }

    private static SchemaProblem? LookAtText(JsonElement schema, string text, string path)
    {
        var length = Length(text);
        if (Number(schema, "minLength") is { } minimum && length < minimum)
        {
            return new SchemaProblem(path, minimum == 1 ? "must not be empty" : $"must have at least {minimum} characters");
        }

        if (Number(schema, "maxLength") is { } maximum && length > maximum)
        {
            return new SchemaProblem(path, $"must have at most {maximum} characters");
        }

        if (schema.Text("pattern") is { } pattern && !Fits(pattern, text))
        {
            return new SchemaProblem(path, $"must match the pattern {pattern}");
        }

        return schema.Text("format") switch
        {
            "uri" when !Uri.TryCreate(text, UriKind.Absolute, out _) => new SchemaProblem(path, "must be an absolute URI"),
            "date-time" when !EmulatorJson.TryReadTime(text, out _) => new SchemaProblem(path, "must be an ISO 8601 date and time"),
            "email" when text.IndexOf('@') <= 0 || text.IndexOf('@') == text.Length - 1 => new SchemaProblem(
                path,
                "must be an e-mail address"
            ),
            _ => null,
        };
    }

    private static bool Fits(string pattern, string text)
    {
        try
        {
            return Regex.IsMatch(text, pattern, RegexOptions.ECMAScript, PatternTime);
        }
        catch (Exception error) when (error is ArgumentException or RegexMatchTimeoutException)
        {
            // A pattern that this engine cannot read or finish is no reason to refuse the value.
            return true;
        }
    }

    private static SchemaProblem? LookAtNumber(JsonElement schema, JsonElement value, string path)
    {
        var number = value.TryGetDouble(out var real) ? real : double.MaxValue;
        if (Number(schema, "minimum") is { } minimum && number < minimum)
        {
            return new SchemaProblem(path, FormattableString.Invariant($"must be at least {minimum}"));
        }

        if (Number(schema, "maximum") is { } maximum && number > maximum)
        {
            return new SchemaProblem(path, FormattableString.Invariant($"must be at most {maximum}"));
        }

        if (Number(schema, "exclusiveMinimum") is { } above && number <= above)
        {
            return new SchemaProblem(path, FormattableString.Invariant($"must be more than {above}"));
        }

        if (Number(schema, "exclusiveMaximum") is { } below && number >= below)
        {
            return new SchemaProblem(path, FormattableString.Invariant($"must be less than {below}"));
        }

        return null;
    }

    private static SchemaProblem? LookAtArray(JsonElement root, JsonElement schema, JsonElement value, string path, int depth)
    {
        var count = value.GetArrayLength();
        if (Number(schema, "minItems") is { } minimum && count < minimum)
        {
            return new SchemaProblem(path, $"must have at least {minimum} items");
        }

        if (Number(schema, "maxItems") is { } maximum && count > maximum)
        {
            return new SchemaProblem(path, $"must have at most {maximum} items");
        }

        if (schema.Member("items") is not { } items)
        {
            return null;
        }

        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (Look(root, items, item, path + "/" + index.ToString(CultureInfo.InvariantCulture), false, depth + 1) is { } problem)
            {
                return problem;
            }

            index++;
        }

        return null;
    }

    private static SchemaProblem? LookAtObject(JsonElement root, JsonElement schema, JsonElement value, string path, bool closed, int depth)
    {
        if (schema.Member("required") is { ValueKind: JsonValueKind.Array } required)
        {
            foreach (var name in required.EnumerateArray())
            {
                if (name.ValueKind == JsonValueKind.String && !value.TryGetProperty(name.GetString()!, out _))
                {
                    return new SchemaProblem(path + "/" + name.GetString(), "is required");
                }
            }
        }

        JsonElement? properties = schema.Member("properties") is { ValueKind: JsonValueKind.Object } named ? named : null;
        var additional = schema.Member("additionalProperties");
        foreach (var member in value.EnumerateObject())
        {
            var place = path + "/" + member.Name;
            SchemaProblem? problem = null;
            if (properties is { } known && known.TryGetProperty(member.Name, out var memberSchema))
            {
                problem = Look(root, memberSchema, member.Value, place, false, depth + 1);
            }
            else if (additional is { } rest)
            {
                problem =
                    rest.ValueKind == JsonValueKind.False
                        ? new SchemaProblem(place, "is not known")
                        : Look(root, rest, member.Value, place, false, depth + 1);
            }
            else if (closed && properties is not null)
            {
                problem = new SchemaProblem(place, "is not known");
            }

            if (problem is not null)
            {
                return problem;
            }
        }

        return null;
    }

    private static double? Number(JsonElement schema, string name) =>
        schema.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number)
            ? number
            : null;

    /// <summary>Length as JSON Schema counts it: in code points.</summary>
    private static int Length(string text) => text.Count(unit => !char.IsLowSurrogate(unit));
}
