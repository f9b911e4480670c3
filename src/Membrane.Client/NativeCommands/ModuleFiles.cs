using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Membrane.Client.NativeCommands;

/// <summary>
/// The files of a module with the commands of an app. They follow from the plan alone: no date, no path, no order of arrival,
/// so made twice they are the same byte for byte.
/// </summary>
internal static class ModuleFiles
{
    /// <summary>The file that says what the module was made from.</summary>
    public const string PlanFile = "membrane-app.json";

    // Windows PowerShell takes a file without the mark for one of the local code page.
    private static readonly UTF8Encoding WithMark = new(encoderShouldEmitUTF8Identifier: true);

    /// <summary>What modules of earlier versions had beside: views and types, which the script tells PowerShell of itself now.</summary>
    public static IReadOnlyList<string> Former(string module) => [module + ".Format.ps1xml", module + ".Types.ps1xml"];

    /// <summary>The files, by their path in the folder of the module.</summary>
    /// <param name="app">The plan.</param>
    /// <param name="record">What is kept of it.</param>
    public static IReadOnlyDictionary<string, byte[]> Make(AppPlan app, ModuleRecord record) =>
        new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            [app.Module + ".psd1"] = Script(Manifest(app, record.Version)),
            [app.Module + ".psm1"] = Script(ModuleScript.Write(app)),
            [PlanFile] = record.Write(),
            [$"tests/{app.Module}.Tests.ps1"] = Script(SmokeTest.Write(app)),
        };

    private static string Manifest(AppPlan app, string version)
    {
        var name = ScriptText.Comment(app.App, 100);
        var text = new StringBuilder("@{\n");
        void Line(string key, string value) => text.Append("    ").Append(key.PadRight(20)).Append(" = ").Append(value).Append('\n');
        Line("RootModule", ScriptText.Quote(app.Module + ".psm1"));
        Line("ModuleVersion", ScriptText.Quote(version));
        Line("GUID", ScriptText.Quote(Guid(app.Module)));
        Line("Author", "'Export-MembraneApp'");
        Line("Description", ScriptText.Quote($"Commands of {name}, made from the actions of a Membrane connection."));
        Line("PowerShellVersion", "'5.1'");
        Line("CompatiblePSEditions", "@('Core', 'Desktop')");
        Line("RequiredModules", "@('Membrane')");
        Lines("FunctionsToExport", app.Commands.Select(static command => command.Name.Name));
        Line("CmdletsToExport", "@()");
        Line("VariablesToExport", "@()");
        Lines("AliasesToExport", app.Commands.Select(static command => command.Name.Alias));
        text.Append("    PrivateData          = @{ PSData = @{ Tags = @('Membrane') } }\n");
        return text.Append("}\n").ToString();

        void Lines(string key, IEnumerable<string> values) =>
            Line(
                key,
                "@(\n"
                    + string.Concat(
                        values
                            .OrderBy(static value => value, StringComparer.Ordinal)
                            .Select(static value => $"        {ScriptText.Quote(value)}\n")
                    )
                    + "    )"
            );
    }

    private static byte[] Script(string text) => [.. WithMark.GetPreamble(), .. WithMark.GetBytes(text)];

    // The same module has the same id wherever it is made.
    private static string Guid(string module) =>
        ShortHash.Id("membrane-app/" + module.ToLowerInvariant()).ToString("D", CultureInfo.InvariantCulture);
}
