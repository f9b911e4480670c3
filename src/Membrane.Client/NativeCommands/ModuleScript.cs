using System.Collections.Generic;
using System.Linq;

namespace Membrane.Client.NativeCommands;

/// <summary>
/// Writes the script of a module with the commands of an app, for Windows PowerShell 5.1 and later. Everything that comes from
/// a schema gets into it through <see cref="ScriptText"/>, and the names of commands and parameters are letters and digits only.
/// </summary>
internal static class ModuleScript
{
    private static readonly ScriptTemplate Template = ScriptTemplate.Read("Module.ps1");

    /// <summary>Writes the script.</summary>
    public static string Write(AppPlan app) =>
        Template.Fill(
            new Dictionary<string, string>
            {
                ["App"] = ScriptText.Comment(app.App, 100),
                ["Connection"] = ScriptText.Quote(app.Connection),
                ["Module"] = ScriptText.Quote(app.Module),
                ["Types"] = ScriptTemplate.Lines(app.Types.Select(WriteType)),
                ["Commands"] = ScriptTemplate.Lines(app.Commands.Select(command => CommandScript.Write(app, command))),
                ["Aliases"] = ScriptTemplate.Lines(app.Commands.Select(WriteAlias)),
                ["FunctionNames"] = ScriptText.List(app.Commands.Select(static command => command.Name.Name)),
                ["AliasNames"] = ScriptText.List(app.Commands.Select(static command => command.Name.Alias)),
            }
        );

    // The columns of a table, and the known properties: hidden, so that completion offers them but no object appears to have them.
    private static string WriteType(OutputPlan type) =>
        $"    {ScriptText.Quote(type.TypeName)} = @{{ Columns = {ScriptText.List(type.Columns)}; "
        + $"Properties = {ScriptText.List(type.Properties)} }}";

    private static string WriteAlias(CommandPlan command) =>
        $"Set-Alias -Name {ScriptText.Quote(command.Name.Alias)} -Value {ScriptText.Quote(command.Name.Name)}";
}
