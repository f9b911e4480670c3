using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Membrane.Client.NativeCommands;

/// <summary>
/// Writes the files of a module with the commands of an app. They follow from the plan alone, with no date, path or order of
/// arrival in them, so the same plan gives the same bytes.
/// </summary>
internal static class ModuleFiles
{
    /// <summary>The file that says what the module was made from.</summary>
    public const string PlanFile = "membrane-app.json";

    private static readonly ScriptTemplate Manifest = ScriptTemplate.Read("Manifest.psd1");

    // Without a byte order mark Windows PowerShell reads a file in the local code page.
    private static readonly UTF8Encoding WithMark = new(encoderShouldEmitUTF8Identifier: true);

    /// <summary>
    /// Returns the files that modules of earlier versions also had: views and types, which the script registers itself now.
    /// </summary>
    public static IReadOnlyList<string> Former(string module) => [module + ".Format.ps1xml", module + ".Types.ps1xml"];

    /// <summary>The files, by their path in the folder of the module.</summary>
    /// <param name="app">The plan.</param>
    /// <param name="record">What is kept of it.</param>
    public static IReadOnlyDictionary<string, byte[]> Make(AppPlan app, ModuleRecord record) =>
        new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
        {
            [app.Module + ".psd1"] = Script(WriteManifest(app, record.Version)),
            [app.Module + ".psm1"] = Script(ModuleScript.Write(app)),
            [PlanFile] = record.Write(),
            [$"tests/{app.Module}.Tests.ps1"] = Script(SmokeTest.Write(app)),
        };

    private static string WriteManifest(AppPlan app, string version) =>
        Manifest.Fill(
            new Dictionary<string, string>
            {
                ["RootModule"] = ScriptText.Quote(app.Module + ".psm1"),
                ["Version"] = ScriptText.Quote(version),
                ["Guid"] = ScriptText.Quote(Guid(app.Module)),
                ["Description"] = ScriptText.Quote(
                    $"Commands of {ScriptText.Comment(app.App, 100)}, made from the actions of a Membrane connection."
                ),
                ["Functions"] = WriteNames(app.Commands.Select(static command => command.Name.Name)),
                ["Aliases"] = WriteNames(app.Commands.Select(static command => command.Name.Alias)),
            }
        );

    private static string WriteNames(IEnumerable<string> names) =>
        ScriptTemplate.Lines(
            names.OrderBy(static name => name, StringComparer.Ordinal).Select(static name => "        " + ScriptText.Quote(name))
        );

    private static byte[] Script(string text) => [.. WithMark.GetPreamble(), .. WithMark.GetBytes(text)];

    // The same module has the same GUID wherever it is made.
    private static string Guid(string module) =>
        ShortHash.Id("membrane-app/" + module.ToLowerInvariant()).ToString("D", CultureInfo.InvariantCulture);
}
