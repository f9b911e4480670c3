using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.Json;
using Membrane.Client.Json;
using Membrane.Client.NativeCommands;
using Membrane.Client.Rows;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Apps;

/// <summary>
/// Reads what was given by name for a parameter of a native command, by the rules of the cells of a row (see <c>InputValueAttribute</c>).
/// </summary>
internal static class ArgumentValue
{
    private static readonly InputPath Path = InputPath.Of("value");

    private static readonly Dictionary<ParameterKind, ValueRule> Rules = new()
    {
        [ParameterKind.Text] = Rule("""{ "type": "string" }"""),
        [ParameterKind.Integer] = Rule("""{ "type": "integer" }"""),
        [ParameterKind.Number] = Rule("""{ "type": "number" }"""),
        [ParameterKind.Switch] = Rule("""{ "type": "boolean" }"""),
        [ParameterKind.Boolean] = Rule("""{ "type": "boolean" }"""),
        [ParameterKind.Time] = Rule("""{ "type": "string", "format": "date-time" }"""),
        [ParameterKind.Date] = Rule("""{ "type": "string", "format": "date" }"""),
    };

    /// <summary>The value as the type of the parameter holds it.</summary>
    /// <exception cref="ArgumentTransformationMetadataException">It is not such a value.</exception>
    public static object? Read(string kind, bool allowsNull, bool isArray, object? value)
    {
        _ = Enum.TryParse(kind, out ParameterKind known);
        var bare = PowerShellObjectAdapter.Instance.Unwrap(value);
        if (bare is null)
        {
            return !allowsNull
                    ? throw new ArgumentTransformationMetadataException(
                        "The value is null, and the app does not take null. Leave the parameter out, or pass a value."
                    )
                : known == ParameterKind.Text && !isArray ? NullString.Value
                : null;
        }

        return !Rules.TryGetValue(known, out var rule) ? value
            : bare is IEnumerable list and not (string or IDictionary)
                ? list.Cast<object?>().Select((item, index) => ReadOne(known, rule, item, Path.Item(index))).ToArray()
            : ReadOne(known, rule, value, Path);
    }

    private static object? ReadOne(ParameterKind kind, ValueRule rule, object? value, InputPath path)
    {
        var converter = new ValueConverter(PowerShellObjectAdapter.Instance, "value");
        var converted = converter.Convert(value, rule, path);
        if (converter.TakeProblems() is { Count: > 0 } problems)
        {
            throw new ArgumentTransformationMetadataException(problems[0].Message.Replace("The field '", "The '"));
        }

        return kind switch
        {
            ParameterKind.Time or ParameterKind.Date => PowerShellObjectAdapter.Instance.Unwrap(value) is DateTime time
                ? time
                : DateTime.Parse((string)converted!, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
            ParameterKind.Number when !FitsDouble(converted!) => throw new ArgumentTransformationMetadataException(
                "The parameter holds 15 digits, and the value has more. Pass it in a row of the pipeline."
            ),
            ParameterKind.Number => Double(converted!),
            _ => converted,
        };
    }

    private static bool FitsDouble(object number) =>
        number is double or float
        || NumberText
            .Parse(Digits(number), isWhole: false)!
            .Equals(NumberText.Parse(SimpleValue.DigitsOf(Double(number))!, isWhole: false));

    // By its digits: a number of single precision has others once it is widened.
    private static double Double(object number) => double.Parse(Digits(number), NumberStyles.Float, CultureInfo.InvariantCulture);

    private static string Digits(object number) => number is JsonElement raw ? raw.GetRawText() : SimpleValue.DigitsOf(number)!;

    private static ValueRule Rule(string schema)
    {
        var parsed = JsonNodes.TryParse(schema)!.Value;
        return new ValueRule(new InputSchemaReader(parsed), parsed);
    }
}
