using System.Collections.Generic;
using System.Linq;

namespace Membrane.Client.NativeCommands;

/// <summary>Writes the help of a command, from what the action and its schema say of themselves.</summary>
internal static class CommandHelp
{
    private const int MaxHelpLength = 1500;
    private const int MaxTitleLength = 200;
    private const int MaxAppLength = 100;

    public static string Synopsis(AppPlan app, CommandPlan command)
    {
        var title = ScriptText.Comment(command.Title ?? command.Action, MaxTitleLength);
        return $"{(title.Length > 0 ? title : "Action")} ({ScriptText.Comment(app.App, MaxAppLength)}).";
    }

    public static string Description(AppPlan app, CommandPlan command) =>
        (
            ScriptText.Comment(command.Description, MaxHelpLength)
            + $" It runs the action '{ScriptText.Comment(command.Key ?? command.Action, MaxTitleLength)}' of "
            + $"{ScriptText.Comment(app.App, MaxAppLength)} through Membrane."
        ).TrimStart();

    public static string Parameter(ParameterPlan parameter) => $"    .PARAMETER {parameter.Name}\n        {HelpOf(parameter)}\n\n";

    public static string Example(CommandPlan command)
    {
        var given = command
            .Parameters.Where(static parameter => parameter.IsMandatory)
            .Take(5)
            .Select(static parameter =>
                $" -{parameter.Name}" + (parameter.Kind == ParameterKind.Switch ? string.Empty : " " + Sample(parameter))
            );
        return command.Name.Name + (command.TakesWhole ? " -InputObject $input" : string.Concat(given));
    }

    private static string HelpOf(ParameterPlan parameter)
    {
        var parts = new List<string>();
        var description = ScriptText.Comment(parameter.Description, MaxHelpLength);
        parts.Add(
            description.Length > 0
                ? description.EndsWith(".", System.StringComparison.Ordinal)
                    ? description
                    : description + "."
                : $"The property '{ScriptText.Comment(parameter.Property, 200)}' of the input."
        );
        if (parameter.Format is { } format && parameter.Kind == ParameterKind.Text)
        {
            parts.Add($"Format: {ScriptText.Comment(format, 50)}.");
        }

        if (parameter.Members.Count > 0)
        {
            parts.Add($"An object with {ScriptText.Comment(string.Join(", ", parameter.Members), 500)}.");
        }

        if (parameter.Default is { } given && ScriptText.Comment(given, 100) is { Length: > 0 } shown)
        {
            parts.Add($"The app's default is {shown}.");
        }

        return string.Join(" ", parts);
    }

    private static string Sample(ParameterPlan parameter) =>
        parameter switch
        {
            { Values.Count: > 0 } => "'" + ScriptText.Comment(parameter.Values[0], 50) + "'",
            { Kind: ParameterKind.Integer or ParameterKind.Number } => parameter.Minimum ?? "1",
            { Kind: ParameterKind.Boolean } => "$true",
            { Kind: ParameterKind.Time or ParameterKind.Date } => "(Get-Date)",
            { Kind: ParameterKind.Object, Members.Count: > 0 } => "@{ " + ScriptText.Comment(parameter.Members[0], 50) + " = 'text' }",
            { Kind: ParameterKind.Text, Format: "email" } => "'ada@example.com'",
            { Kind: ParameterKind.Text } => "'text'",
            _ => "$value",
        };
}
