using System;
using System.Collections.Generic;
using System.Linq;

namespace Membrane.Client.NativeCommands;

/// <summary>Writes the function of one command.</summary>
internal static class CommandScript
{
    private static readonly ScriptTemplate Template = ScriptTemplate.Read("Command.ps1");

    /// <summary>Writes the function.</summary>
    public static string Write(AppPlan app, CommandPlan command)
    {
        var output = command.Output;
        var typeName = output is { Properties.Count: > 0 } ? ScriptText.Quote(output.TypeName) : string.Empty;
        return Template.Fill(
            new Dictionary<string, string>
            {
                ["Name"] = command.Name.Name,
                ["Synopsis"] = CommandHelp.Synopsis(app, command),
                ["Description"] = CommandHelp.Description(app, command),
                ["ParameterHelp"] = string.Concat(command.Parameters.Select(CommandHelp.Parameter)),
                ["Example"] = CommandHelp.Example(command),
                ["Binding"] = Binding(command),
                ["Parameters"] = WriteParameters(command),
                ["TakesWhole"] = ScriptTemplate.When(command.TakesWhole),
                ["TakesMore"] = ScriptTemplate.When(command.TakesMore && !command.TakesWhole),
                ["TakesCredentials"] = ScriptTemplate.When(command.Parameters.Any(TakesCredential)),
                ["Reads"] = ScriptTemplate.When(command.IsReading),
                ["Removes"] = ScriptTemplate.When(command.IsRemoving && !command.IsReading),
                ["QuotedName"] = ScriptText.Quote(command.Name.Name),
                ["Action"] = ScriptText.Quote(command.Action),
                ["Words"] = ScriptText.Quote(ScriptText.Comment($"{app.App}: {command.Title ?? command.Key ?? command.Action}", 200)),
                ["HasOutput"] = ScriptTemplate.When(output is not null),
                ["OutputType"] = typeName,
                ["TypeName"] = typeName.Length > 0 ? typeName : "$null",
                ["ItemsProperty"] = QuoteOrNull(output?.ItemsProperty),
                ["CursorInput"] = command.Cursor is { } cursor ? ScriptText.Quote(cursor.Property) : string.Empty,
                ["CursorProperty"] = QuoteOrNull(output?.CursorProperty),
                ["OnePage"] = ScriptText.List(OnePage(command)),
                ["PropertyNames"] = ScriptTemplate.Lines(
                    command.Parameters.Select(static parameter =>
                        $"                {parameter.Name} = {ScriptText.Quote(parameter.Property)}"
                    )
                ),
            }
        );
    }

    private static string Binding(CommandPlan command)
    {
        var binding = command.TakesWhole ? string.Empty : ", DefaultParameterSetName = 'Named'";
        return command.IsReading
            ? binding
            : binding + $", SupportsShouldProcess = $true, ConfirmImpact = '{(command.IsRemoving ? "High" : "Medium")}'";
    }

    private static string WriteParameters(CommandPlan command)
    {
        var mandatory = command.Parameters.Count(static parameter => parameter.IsMandatory);
        return ScriptTemplate.Lines(
            command.Parameters.Select(parameter => ParameterScript.Write(parameter, isOnly: parameter.IsMandatory && mandatory == 1))
        );
    }

    private static string QuoteOrNull(string? text) => text is null ? "$null" : ScriptText.Quote(text);

    // The parameters that make a call return one page: those that limit it, and the cursor.
    private static IEnumerable<string> OnePage(CommandPlan command) =>
        command.Cursor is null ? [] : command.Limits.Append(command.Cursor).Select(static parameter => parameter.Name).Distinct();

    private static bool TakesCredential(ParameterPlan parameter) =>
        parameter.Name.IndexOf("pass", StringComparison.OrdinalIgnoreCase) >= 0
        || parameter.Name.IndexOf("username", StringComparison.OrdinalIgnoreCase) >= 0;
}
