using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Membrane.Client.NativeCommands;

/// <summary>
/// Writes the script of a module with the commands of an app, for Windows PowerShell 5.1 and later. Everything that comes from
/// a schema gets into it through <see cref="ScriptText"/>, and the names of commands and parameters are letters and digits only.
/// </summary>
internal static class ModuleScript
{
    private const int MaxHelpLength = 1500;

    /// <summary>The script.</summary>
    public static string Write(AppPlan app)
    {
        var text = new StringBuilder();
        text.Append("# Commands of ")
            .Append(ScriptText.Comment(app.App, 100))
            .Append(", made from the actions of a Membrane connection. Do not edit: make it again with Export-MembraneApp -Update.\n\n");
        text.Append(
                "param(\n    # The connection that the commands run on, unless -Connection names another one.\n    [object] $Connection = "
            )
            .Append(ScriptText.Quote(app.Connection))
            .Append("\n)\n\n");
        text.Append("$AppConnection = $Connection\n").Append(ModuleHelpers.Preferences).Append('\n');
        WriteTypes(text, app);
        text.Append(ModuleHelpers.Text).Append('\n');
        foreach (var command in app.Commands)
        {
            WriteCommand(text, app, command);
        }

        foreach (var command in app.Commands)
        {
            text.Append("Set-Alias -Name ")
                .Append(ScriptText.Quote(command.Name.Alias))
                .Append(" -Value ")
                .Append(ScriptText.Quote(command.Name.Name))
                .Append('\n');
        }

        text.Append("\nExport-ModuleMember -Function ")
            .Append(List(app.Commands.Select(static command => command.Name.Name)))
            .Append(" -Alias ")
            .Append(List(app.Commands.Select(static command => command.Name.Alias)))
            .Append('\n');
        return text.ToString();
    }

    /// <summary>Several texts as an array.</summary>
    internal static string List(IEnumerable<string> texts) => "@(" + string.Join(", ", texts.Select(ScriptText.Quote)) + ")";

    private static void WriteCommand(StringBuilder text, AppPlan app, CommandPlan command)
    {
        text.Append("function ").Append(command.Name.Name).Append(" {\n");
        WriteHelp(text, app, command);
        text.Append("    [CmdletBinding(PositionalBinding = $false")
            .Append(command.TakesWhole ? string.Empty : ", DefaultParameterSetName = 'Named'");
        text.Append(
            command.IsReading
                ? ")]\n"
                : $", SupportsShouldProcess = $true, ConfirmImpact = '{(command.IsRemoving ? "High" : "Medium")}')]\n"
        );
        if (!command.IsReading)
        {
            text.Append(
                "    [System.Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSShouldProcess', '', Justification = "
                    + "'Invoke-MembraneAction asks, row by row.')]\n"
            );
        }

        if (command.Output is { Properties.Count: > 0 } output)
        {
            text.Append("    [OutputType(").Append(ScriptText.Quote(output.TypeName)).Append(")]\n");
        }

        if (
            command.Parameters.Any(static parameter =>
                parameter.Name.IndexOf("pass", System.StringComparison.OrdinalIgnoreCase) >= 0
                || parameter.Name.IndexOf("username", System.StringComparison.OrdinalIgnoreCase) >= 0
            )
        )
        {
            text.Append(
                "    [System.Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSAvoidUsingPlainTextForPassword', '', Justification = "
                    + "'The app takes it as text.')]\n"
            );
            text.Append(
                "    [System.Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSAvoidUsingUsernameAndPasswordParams', '', "
                    + "Justification = 'The app takes them apart.')]\n"
            );
        }

        text.Append("    param(\n");
        foreach (var parameter in command.Parameters)
        {
            WriteParameter(text, parameter, isOnly: parameter.IsMandatory && command.Parameters.Count(static one => one.IsMandatory) == 1);
        }

        text.Append("        [Parameter(Mandatory = $true, ValueFromPipeline = $true")
            .Append(command.TakesWhole ? string.Empty : ", ParameterSetName = 'Row'")
            .Append(")]\n        [AllowNull()]\n        [object] $InputObject,\n\n");
        if (command.TakesMore && !command.TakesWhole)
        {
            text.Append("        [Parameter()]\n        [System.Collections.IDictionary] $AdditionalInput,\n\n");
        }

        text.Append(ModuleHelpers.CommonParameters);
        text.Append("    )\n\n    begin {\n");
        text.Append("        $membraneOptions = Get-AppOption -Cmdlet $PSCmdlet -Bound $PSBoundParameters -Command @{\n");
        WriteFacts(text, app, command);
        text.Append("        }\n");
        if (command.IsReading)
        {
            text.Append("        $WhatIfPreference = $false\n        $ConfirmPreference = 'None'\n");
        }
        else if (command.IsRemoving)
        {
            text.Append("        if ($ConfirmPreference -ne 'None') { $ConfirmPreference = 'Low' }\n");
        }

        text.Append(
            "        $membrane = { Membrane\\Invoke-MembraneAction @membraneOptions "
                + "}.GetSteppablePipeline($MyInvocation.CommandOrigin)\n        $membrane.Begin($true, $ExecutionContext)\n    }\n\n"
        );
        text.Append(
            "    process {\n        # Left early, by an error or because a command downstream has enough: nothing stays under way.\n    "
                + "    $isDone = $false\n        try {\n"
        );
        text.Append(
            command.TakesWhole
                ? "            $membrane.Process($InputObject)\n"
                : "            if ($PSCmdlet.ParameterSetName -eq 'Row') { $membrane.Process($InputObject) } else { "
                    + "$membrane.Process(@{}) }\n"
        );
        text.Append(
            "            $isDone = $true\n        }\n        finally {\n            if (-not $isDone) { $membrane.Dispose() }\n        "
                + "}\n    }\n\n    end { $membrane.End() }\n}\n\n"
        );
    }

    // What is known of the action, for whoever runs it.
    private static void WriteFacts(StringBuilder text, AppPlan app, CommandPlan command)
    {
        void Fact(string name, string value) => text.Append("            ").Append(name).Append(" = ").Append(value).Append('\n');

        Fact("Name", ScriptText.Quote(command.Name.Name));
        Fact("Action", ScriptText.Quote(command.Action));
        Fact("Words", ScriptText.Quote(ScriptText.Comment($"{app.App}: {command.Title ?? command.Key ?? command.Action}", 200)));
        if (command.Output is { } output)
        {
            Fact("TypeName", output.Properties.Count > 0 ? ScriptText.Quote(output.TypeName) : "$null");
            Fact("ItemsProperty", output.ItemsProperty is null ? "$null" : ScriptText.Quote(output.ItemsProperty));
        }

        if (command.Cursor is { } cursor)
        {
            Fact(
                "Cursor",
                $"@{{ CursorProperty = {ScriptText.Quote(command.Output!.CursorProperty!)}; CursorInput = "
                    + $"{ScriptText.Quote(cursor.Property)} }}"
            );
            Fact("OnePage", List(command.Limits.Append(cursor).Select(static parameter => parameter.Name).Distinct()));
        }

        if (command.TakesWhole)
        {
            Fact("TakesWhole", "$true");
            return;
        }

        text.Append("            Parameters = [ordered]@{\n");
        foreach (var parameter in command.Parameters)
        {
            text.Append("                ").Append(parameter.Name).Append(" = ").Append(ScriptText.Quote(parameter.Property)).Append('\n');
        }

        text.Append("            }\n");
    }

    // The known properties, hidden so that only completion sees them and no object seems to have what it has not, and the columns of a
    // table.
    private static void WriteTypes(StringBuilder text, AppPlan app)
    {
        text.Append("# The commands that Import-MembraneApp made in this session give way to these.\n");
        text.Append("Get-Module -Name ")
            .Append(ScriptText.Quote(app.Module))
            .Append(" | Where-Object { $_ -ne $ExecutionContext.SessionState.Module } | Remove-Module -Force\n");
        text.Append("$AppTypes = [ordered]@{\n");
        foreach (var type in app.Types)
        {
            text.Append("    ")
                .Append(ScriptText.Quote(type.TypeName))
                .Append(" = @{ Columns = ")
                .Append(List(type.Columns))
                .Append("; Properties = ")
                .Append(List(type.Properties))
                .Append(" }\n");
        }

        text.Append("}\n\n").Append(ModuleHelpers.Types).Append('\n');
    }

    private static void WriteParameter(StringBuilder text, ParameterPlan parameter, bool isOnly)
    {
        // The one thing that a command needs goes without its name. A row of the pipeline brings what is needed itself.
        text.Append(
            parameter.IsMandatory
                ? $"        [Parameter(Mandatory = $true, {(isOnly ? "Position = 0, " : string.Empty)}ParameterSetName = 'Named')]\n    "
                    + $"    [Parameter(ParameterSetName = 'Row')]\n"
                : "        [Parameter()]\n"
        );
        if (parameter.IsMandatory)
        {
            WriteAllowances(text, parameter);
        }

        text.Append("        [Membrane.InputValue('")
            .Append(parameter.Kind)
            .Append('\'')
            .Append(parameter.AllowsNull ? ", AllowNull = $true" : string.Empty)
            .Append(parameter.IsArray ? ", IsArray = $true" : string.Empty)
            .Append(")]\n");
        if (parameter.Values.Count > 0 && (parameter.AllowsNull || parameter.AllowsOthers))
        {
            // What is completed is typed as it stands, so with its quotes.
            text.Append("        [ArgumentCompleter({ ")
                .Append(List(parameter.Values.Select(ScriptText.Quote)))
                .Append(" -like ('*' + $args[2] + '*') })]\n");
        }
        else if (parameter.Values.Count > 0)
        {
            text.Append("        [ValidateSet(").Append(string.Join(", ", parameter.Values.Select(ScriptText.Quote))).Append(")]\n");
        }

        if (Range(parameter) is { } range)
        {
            text.Append("        [ValidateRange(").Append(range).Append(")]\n");
        }

        if (!parameter.AllowsNull && parameter.MaxLength is { } length)
        {
            text.Append("        [ValidateLength(0, ").Append(length.ToString(CultureInfo.InvariantCulture)).Append(")]\n");
        }

        if (parameter is { AllowsNull: false, Pattern: not null } && ScriptText.IsVisible(parameter.Pattern))
        {
            text.Append("        [ValidatePattern(")
                .Append(ScriptText.Quote(parameter.Pattern))
                .Append(", Options = 'CultureInvariant')]\n");
        }

        if (parameter.Members.Count > 0)
        {
            text.Append("        [ArgumentCompleter({ ").Append(ScriptText.Quote(Template(parameter))).Append(" })]\n");
        }

        text.Append("        [").Append(TypeOf(parameter)).Append("] $").Append(parameter.Name).Append(",\n\n");
    }

    // PowerShell takes nothing empty for what must be named; the app may.
    private static void WriteAllowances(StringBuilder text, ParameterPlan parameter)
    {
        if (parameter.AllowsNull)
        {
            text.Append("        [AllowNull()]\n");
        }

        if (parameter.Kind is ParameterKind.Text or ParameterKind.Any)
        {
            text.Append("        [AllowEmptyString()]\n");
        }

        if (parameter.IsArray || parameter.Kind == ParameterKind.Any)
        {
            text.Append("        [AllowEmptyCollection()]\n");
        }
    }

    private static string TypeOf(ParameterPlan parameter)
    {
        // Null stays null: PowerShell makes 0, false or an empty text of it where a type has no null.
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
        // Null is in no range, and has no length.
        if (parameter.AllowsNull || (parameter.Minimum is null && parameter.Maximum is null))
        {
            return null;
        }

        return parameter.Kind == ParameterKind.Integer
            ? $"{parameter.Minimum ?? "-9223372036854775807"}L, {parameter.Maximum ?? "9223372036854775807"}L"
            : $"{Decimal(parameter.Minimum) ?? "-1.7976931348623157E+308"}, {Decimal(parameter.Maximum) ?? "1.7976931348623157E+308"}";
    }

    private static string? Decimal(string? number) => number is null || number.IndexOfAny(['.', 'E']) >= 0 ? number : number + ".0";

    private static string Template(ParameterPlan parameter) =>
        "@{ " + string.Join("; ", parameter.Members.Select(static member => ScriptText.Quote(member) + " = ''")) + " }";

    private static void WriteHelp(StringBuilder text, AppPlan app, CommandPlan command)
    {
        void Part(string keyword, string? content)
        {
            if (!string.IsNullOrEmpty(content))
            {
                text.Append("    ").Append(keyword).Append("\n        ").Append(content).Append("\n\n");
            }
        }

        var name = ScriptText.Comment(app.App, 100);
        var title = ScriptText.Comment(command.Title ?? command.Action, 200);
        text.Append("    <#\n");
        Part(".SYNOPSIS", $"{(title.Length > 0 ? title : "Action")} ({name}).");
        Part(
            ".DESCRIPTION",
            (
                ScriptText.Comment(command.Description, MaxHelpLength)
                + $" It runs the action '{ScriptText.Comment(command.Key ?? command.Action, 200)}' of {name} through Membrane."
            ).TrimStart()
        );
        foreach (var parameter in command.Parameters)
        {
            Part(".PARAMETER " + parameter.Name, HelpOf(parameter));
        }

        Part(
            ".PARAMETER InputObject",
            command.TakesWhole
                ? "The input. Each object of the pipeline is one run."
                : "A row: an object with properties, a hashtable or a row of a table; each is one run. Its members are the properties "
                    + "of the input with the same names. Empty ones are left out. What is given by name holds for all rows."
        );
        Part(
            ".PARAMETER AdditionalInput",
            command.TakesMore && !command.TakesWhole ? "Further properties of the input, by the names that the app has for them." : null
        );
        text.Append(ModuleHelpers.CommonHelp);
        Part(".EXAMPLE", Example(command));
        text.Length--;
        text.Append("    #>\n");
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
            parts.Add($"Without it, the app takes {shown}.");
        }

        return string.Join(" ", parts);
    }

    private static string Example(CommandPlan command)
    {
        var given = command
            .Parameters.Where(static parameter => parameter.IsMandatory)
            .Take(5)
            .Select(static parameter =>
                $" -{parameter.Name}" + (parameter.Kind == ParameterKind.Switch ? string.Empty : " " + Sample(parameter))
            );
        return command.Name.Name + (command.TakesWhole ? " -InputObject $input" : string.Concat(given));
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
