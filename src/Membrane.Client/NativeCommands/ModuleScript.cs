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
        text.Append("# Commands of ").Append(ScriptText.Comment(app.App, 100)).Append(", made from the actions of a Membrane connection. Do not edit: make it again with Export-MembraneApp -Update.\n\n");
        text.Append("param(\n    # The connection that the commands run on, unless -Connection names another one.\n    [object] $Connection = ").Append(ScriptText.Quote(app.Connection)).Append("\n)\n\n");
        text.Append("$AppConnection = $Connection\n\n");
        text.Append(ModuleHelpers.Text).Append('\n');
        foreach (CommandPlan command in app.Commands)
        {
            WriteCommand(text, app, command);
        }

        foreach (CommandPlan command in app.Commands)
        {
            text.Append("Set-Alias -Name ").Append(ScriptText.Quote(command.Name.Alias)).Append(" -Value ").Append(ScriptText.Quote(command.Name.Name)).Append('\n');
        }

        text.Append("\nExport-ModuleMember -Function ").Append(List(app.Commands.Select(static command => command.Name.Name))).Append(" -Alias ").Append(List(app.Commands.Select(static command => command.Name.Alias))).Append('\n');
        return text.ToString();
    }

    /// <summary>Several texts as an array.</summary>
    internal static string List(IEnumerable<string> texts) => "@(" + string.Join(", ", texts.Select(ScriptText.Quote)) + ")";

    private static void WriteCommand(StringBuilder text, AppPlan app, CommandPlan command)
    {
        text.Append("function ").Append(command.Name.Name).Append(" {\n");
        WriteHelp(text, app, command);
        text.Append(command.IsReading
            ? "    [CmdletBinding(PositionalBinding = $false)]\n"
            : $"    [CmdletBinding(PositionalBinding = $false, SupportsShouldProcess = $true, ConfirmImpact = '{(command.Name.Verb == "Remove" ? "High" : "Medium")}')]\n");
        if (command.Output is { Properties.Count: > 0 } output)
        {
            text.Append("    [OutputType(").Append(ScriptText.Quote(output.TypeName)).Append(")]\n");
        }

        if (command.Parameters.Any(static parameter => parameter.Name.IndexOf("pass", System.StringComparison.OrdinalIgnoreCase) >= 0 || parameter.Name.IndexOf("username", System.StringComparison.OrdinalIgnoreCase) >= 0))
        {
            text.Append("    [System.Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSAvoidUsingPlainTextForPassword', '', Justification = 'The app takes it as text.')]\n");
            text.Append("    [System.Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSAvoidUsingUsernameAndPasswordParams', '', Justification = 'The app takes them apart.')]\n");
        }

        text.Append("    param(\n");
        foreach (ParameterPlan parameter in command.Parameters)
        {
            WriteParameter(text, parameter, isOnly: parameter.IsMandatory && command.Parameters.Count(static one => one.IsMandatory) == 1);
        }

        if (command.TakesWhole)
        {
            text.Append("        [Parameter(Mandatory = $true, ValueFromPipeline = $true)]\n        [AllowNull()]\n        [object] $InputObject,\n\n");
        }
        else if (command.TakesMore)
        {
            text.Append("        [Parameter()]\n        [System.Collections.IDictionary] $AdditionalInput,\n\n");
        }

        text.Append(ModuleHelpers.CommonParameters);
        text.Append("    )\n\n    begin {\n");
        if (!command.IsReading)
        {
            text.Append(ModuleHelpers.Preferences);
        }

        text.Append("        $membrane = Open-AppAction -Cmdlet $PSCmdlet -Bound $PSBoundParameters -Action @{\n");
        text.Append("            Action = ").Append(ScriptText.Quote(command.Action)).Append('\n');
        if (command.Output is not null)
        {
            text.Append("            TypeName = ").Append(command.Output.Properties.Count > 0 ? ScriptText.Quote(command.Output.TypeName) : "$null").Append('\n');
            text.Append("            ItemsProperty = ").Append(command.Output.ItemsProperty is null ? "$null" : ScriptText.Quote(command.Output.ItemsProperty)).Append('\n');
        }

        if (command.Cursor is { } cursor)
        {
            text.Append("            Cursor = @{ CursorProperty = ").Append(ScriptText.Quote(command.Output!.CursorProperty!)).Append("; CursorInput = ").Append(ScriptText.Quote(cursor.Property)).Append(" }\n");
            text.Append("            OnePage = ").Append(List(command.Limits.Append(cursor).Select(static parameter => parameter.Name).Distinct())).Append('\n');
        }

        text.Append("            Properties = @(\n");
        foreach (ParameterPlan parameter in command.Parameters)
        {
            text.Append("                , @(").Append(ScriptText.Quote(parameter.Name)).Append(", ").Append(ScriptText.Quote(parameter.Property)).Append(", ").Append(ScriptText.Quote(parameter.Kind.ToString())).Append(")\n");
        }

        text.Append("            )\n        }\n        $membraneOptions = $membrane.Options\n        $membrane.Pipeline = { Membrane\\Invoke-MembraneAction @membraneOptions }.GetSteppablePipeline($MyInvocation.CommandOrigin)\n        $membrane.Pipeline.Begin($true, $ExecutionContext)\n        if ($SummaryVariable) { $PSCmdlet.SessionState.PSVariable.Set($SummaryVariable.TrimStart('$'), $membraneSummary) }\n    }\n\n");
        string send = $"Send-AppInput -Run $membrane -Bound $PSBoundParameters -Item {(command.TakesWhole ? "$InputObject" : "$_")}";
        string words = ScriptText.Quote(ScriptText.Comment($"{app.App}: {command.Title ?? command.Key ?? command.Action}", 200));
        text.Append(command.IsReading
            ? $"    process {{ {send} }}\n\n"
            : $"    process {{\n        if ($PSCmdlet.ShouldProcess({words})) {{ {send} }}\n    }}\n\n");
        text.Append("    end { $membrane.Pipeline.End() }\n}\n\n");
    }

    private static void WriteParameter(StringBuilder text, ParameterPlan parameter, bool isOnly)
    {
        // The one thing that a command needs goes without its name.
        text.Append("        [Parameter(").Append(parameter.IsMandatory ? "Mandatory = $true, " : string.Empty).Append(isOnly ? "Position = 0, " : string.Empty).Append("ValueFromPipelineByPropertyName = $true)]\n");
        if (parameter.HasAlias)
        {
            text.Append("        [Alias(").Append(ScriptText.Quote(parameter.Property)).Append(")]\n");
        }

        string? range = Range(parameter);
        string? standIn = StandIn(parameter);
        if (standIn is not null)
        {
            text.Append("        [AppCell((").Append(standIn).Append("))]\n");
        }

        if (parameter.Values.Count > 0)
        {
            text.Append("        [ValidateSet(").Append(string.Join(", ", parameter.Values.Select(ScriptText.Quote))).Append(")]\n");
        }

        if (range is not null)
        {
            text.Append("        [ValidateRange(").Append(range).Append(")]\n");
        }

        if (parameter.MaxLength is { } length)
        {
            text.Append("        [ValidateLength(0, ").Append(length.ToString(CultureInfo.InvariantCulture)).Append(")]\n");
        }

        if (parameter.Pattern is not null && ScriptText.IsVisible(parameter.Pattern))
        {
            // An empty cell of a table says nothing, and is left out.
            text.Append("        [ValidatePattern(").Append(ScriptText.Quote("^$|" + parameter.Pattern)).Append(", Options = 'CultureInvariant')]\n");
        }

        if (parameter.Members.Count > 0)
        {
            text.Append("        [ArgumentCompleter({ ").Append(ScriptText.Quote(Template(parameter))).Append(" })]\n");
        }

        text.Append("        [").Append(TypeOf(parameter)).Append("] $").Append(parameter.Name).Append(",\n\n");
    }

    private static string TypeOf(ParameterPlan parameter)
    {
        string type = parameter.Kind switch
        {
            ParameterKind.Text => "string",
            ParameterKind.Integer => "long",
            ParameterKind.Number => "double",
            ParameterKind.Switch => "switch",
            ParameterKind.Boolean => "bool",
            ParameterKind.Time or ParameterKind.Date => "datetime",
            _ => "object",
        };
        return parameter.IsArray ? type + "[]" : type;
    }

    // What an empty cell of a table is bound as before it is left out: PowerShell checks it first.
    private static string? StandIn(ParameterPlan parameter) => parameter switch
    {
        { Values.Count: > 0 } => string.Join(", ", parameter.Values.Select(ScriptText.Quote)),
        { Kind: ParameterKind.Integer or ParameterKind.Number } => parameter.Minimum ?? (parameter.Maximum is { } most && most.StartsWith("-", System.StringComparison.Ordinal) ? most : "0"),
        { Kind: ParameterKind.Boolean or ParameterKind.Switch } => "$false",
        { Kind: ParameterKind.Time or ParameterKind.Date } => "'2000-01-01'",
        _ => null,
    };

    private static string? Range(ParameterPlan parameter)
    {
        if (parameter.Minimum is null && parameter.Maximum is null)
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

        string name = ScriptText.Comment(app.App, 100);
        string title = ScriptText.Comment(command.Title ?? command.Action, 200);
        text.Append("    <#\n");
        Part(".SYNOPSIS", $"{(title.Length > 0 ? title : "Action")} ({name}).");
        Part(".DESCRIPTION", (ScriptText.Comment(command.Description, MaxHelpLength) + $" It runs the action '{ScriptText.Comment(command.Key ?? command.Action, 200)}' of {name} through Membrane.").TrimStart());
        foreach (ParameterPlan parameter in command.Parameters)
        {
            Part(".PARAMETER " + parameter.Name, HelpOf(parameter));
        }

        Part(".PARAMETER InputObject", command.TakesWhole ? "The input. Each object of the pipeline is one run." : null);
        Part(".PARAMETER AdditionalInput", command.TakesMore && !command.TakesWhole ? "Further properties of the input, by the names that the app has for them." : null);
        text.Append(ModuleHelpers.CommonHelp);
        Part(".EXAMPLE", Example(command));
        text.Length--;
        text.Append("    #>\n");
    }

    private static string HelpOf(ParameterPlan parameter)
    {
        var parts = new List<string>();
        string description = ScriptText.Comment(parameter.Description, MaxHelpLength);
        parts.Add(description.Length > 0 ? description.EndsWith(".", System.StringComparison.Ordinal) ? description : description + "." : $"The property '{ScriptText.Comment(parameter.Property, 200)}' of the input.");
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
        IEnumerable<string> given = command.Parameters
            .Where(static parameter => parameter.IsMandatory)
            .Take(5)
            .Select(static parameter => $" -{parameter.Name}" + (parameter.Kind == ParameterKind.Switch ? string.Empty : " " + Sample(parameter)));
        return command.Name.Name + (command.TakesWhole ? " -InputObject $input" : string.Concat(given));
    }

    private static string Sample(ParameterPlan parameter) => parameter switch
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
