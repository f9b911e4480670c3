using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Membrane.Client.NativeCommands;

/// <summary>Writes the test that a module brings along: it needs Pester and the module Membrane, and no sign-in.</summary>
internal static class SmokeTest
{
    private static readonly ScriptTemplate Template = ScriptTemplate.Read("Tests.ps1");

    public static string Write(AppPlan app) =>
        Template.Fill(
            new Dictionary<string, string>
            {
                ["ManifestPath"] = ScriptText.Quote($"../{app.Module}.psd1"),
                ["Module"] = ScriptText.Quote(app.Module),
                ["Title"] = ScriptText.Quote("The module " + app.Module),
                ["Count"] = app.Commands.Count.ToString(CultureInfo.InvariantCulture),
                ["Commands"] = ScriptTemplate.Lines(app.Commands.Select(WriteCase)),
            }
        );

    private static string WriteCase(CommandPlan command)
    {
        var mandatory = command
            .Parameters.Where(static parameter => parameter.IsMandatory)
            .Select(static parameter => parameter.Name)
            .OrderBy(static name => name, StringComparer.Ordinal);
        return $"    @{{ Name = {ScriptText.Quote(command.Name.Name)}; Alias = {ScriptText.Quote(command.Name.Alias)}; "
            + $"Mandatory = {ScriptText.List(mandatory)} }}";
    }
}
