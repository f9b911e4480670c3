using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Membrane.Client.NativeCommands;

/// <summary>Writes the declaration of one parameter.</summary>
internal static class ParameterScript
{
    private static readonly ScriptTemplate Template = ScriptTemplate.Read("Parameter.ps1");

    /// <summary>Writes the declaration.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="isOnly">Whether it is the only one that the command needs. It can be given without its name then.</param>
    public static string Write(ParameterPlan parameter, bool isOnly)
    {
        var isOpen = parameter.AllowsNull || parameter.AllowsOthers;
        return Template.Fill(
            new Dictionary<string, string>
            {
                ["Name"] = parameter.Name,
                ["Type"] = TypeOf(parameter),
                ["IsMandatory"] = ScriptTemplate.When(parameter.IsMandatory),
                ["Position"] = isOnly ? "Position = 0, " : string.Empty,
                // PowerShell refuses empty values for mandatory parameters; the app may accept them.
                ["AllowsNull"] = ScriptTemplate.When(parameter.IsMandatory && parameter.AllowsNull),
                ["AllowsEmptyString"] = ScriptTemplate.When(
                    parameter.IsMandatory && parameter.Kind is ParameterKind.Text or ParameterKind.Any
                ),
                ["AllowsEmptyCollection"] = ScriptTemplate.When(
                    parameter.IsMandatory && (parameter.IsArray || parameter.Kind == ParameterKind.Any)
                ),
                ["Kind"] = parameter.Kind.ToString(),
                ["InputOptions"] =
                    (parameter.AllowsNull ? ", AllowNull = $true" : string.Empty)
                    + (parameter.IsArray ? ", IsArray = $true" : string.Empty),
                // A completion is inserted as it is, so it needs its quotes.
                ["Suggestions"] =
                    isOpen && parameter.Values.Count > 0 ? ScriptText.List(parameter.Values.Select(ScriptText.Quote)) : string.Empty,
                ["Values"] = isOpen ? string.Empty : string.Join(", ", parameter.Values.Select(ScriptText.Quote)),
                ["Range"] = Range(parameter) ?? string.Empty,
                ["MaxLength"] = parameter.AllowsNull
                    ? string.Empty
                    : parameter.MaxLength?.ToString(CultureInfo.InvariantCulture) ?? string.Empty,
                ["Pattern"] =
                    parameter is { AllowsNull: false, Pattern: { } pattern } && ScriptText.IsVisible(pattern)
                        ? ScriptText.Quote(pattern)
                        : string.Empty,
                ["Sketch"] = parameter.Members.Count > 0 ? ScriptText.Quote(Sketch(parameter)) : string.Empty,
            }
        );
    }

    private static string TypeOf(ParameterPlan parameter)
    {
        // With a type that has no null, PowerShell would turn null into 0, false or an empty string.
        var type = parameter.Kind switch
        {
            ParameterKind.Text => "string",
            ParameterKind.Integer => "System.Nullable[long]",
            ParameterKind.Number => "System.Nullable[double]",
            ParameterKind.Switch => "switch",
            ParameterKind.Boolean => "System.Nullable[bool]",
            ParameterKind.Time or ParameterKind.Date => "System.Nullable[datetime]",
            _ => "object",
        };
        return parameter.IsArray ? type + "[]" : type;
    }

    private static string? Range(ParameterPlan parameter)
    {
        // Null is in no range.
        if (parameter.AllowsNull || (parameter.Minimum is null && parameter.Maximum is null))
        {
            return null;
        }

        return parameter.Kind == ParameterKind.Integer
            ? $"{parameter.Minimum ?? "-9223372036854775807"}L, {parameter.Maximum ?? "9223372036854775807"}L"
            : $"{Decimal(parameter.Minimum) ?? "-1.7976931348623157E+308"}, {Decimal(parameter.Maximum) ?? "1.7976931348623157E+308"}";
    }

    private static string? Decimal(string? number) => number is null || number.IndexOfAny(['.', 'E']) >= 0 ? number : number + ".0";

    private static string Sketch(ParameterPlan parameter) =>
        "@{ " + string.Join("; ", parameter.Members.Select(static member => ScriptText.Quote(member) + " = ''")) + " }";
}
