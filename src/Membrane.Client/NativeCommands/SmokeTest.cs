using System.Globalization;
using System.Linq;
using System.Text;

namespace Membrane.Client.NativeCommands;

/// <summary>The test that a module brings along: it needs Pester and the module Membrane, and no sign-in.</summary>
internal static class SmokeTest
{
    public static string Write(AppPlan app)
    {
        var text = new StringBuilder();
        text.Append("# What must hold for this module wherever it is installed. Needs Pester 5 and the module Membrane; sends nothing.\n");
        text.Append("BeforeAll {\n    $manifest = Join-Path $PSScriptRoot ").Append(ScriptText.Quote($"../{app.Module}.psd1")).Append('\n');
        text.Append("    Import-Module $manifest -Force\n}\n\nAfterAll { Remove-Module ")
            .Append(ScriptText.Quote(app.Module))
            .Append(" -ErrorAction Ignore }\n\n");
        text.Append("Describe ")
            .Append(ScriptText.Quote("The module " + app.Module))
            .Append(" {\n    It 'has a valid manifest' {\n        (Test-ModuleManifest $manifest).ExportedFunctions.Count | Should -Be ")
            .Append(app.Commands.Count.ToString(CultureInfo.InvariantCulture))
            .Append("\n    }\n}\n\n");
        text.Append("Describe '<Name>' -ForEach @(\n");
        foreach (var command in app.Commands)
        {
            text.Append("    @{ Name = ")
                .Append(ScriptText.Quote(command.Name.Name))
                .Append("; Alias = ")
                .Append(ScriptText.Quote(command.Name.Alias))
                .Append("; Mandatory = ")
                .Append(
                    ModuleScript.List(
                        command
                            .Parameters.Where(static parameter => parameter.IsMandatory)
                            .Select(static parameter => parameter.Name)
                            .OrderBy(static name => name, System.StringComparer.Ordinal)
                    )
                )
                .Append(" }\n");
        }

        text.Append(") {\n");
        text.Append(
            """
                It 'is there, with help and with its alias <Alias>' {
                    $command = Get-Command $Name -ErrorAction Stop
                    $command.Verb | Should -BeIn (Get-Verb).Verb
                    (Get-Command $Alias -ErrorAction Stop).ResolvedCommandName | Should -Be $Name
                    (Get-Help $Name).Synopsis | Should -Not -BeNullOrEmpty
                }

                It 'asks for what it needs' {
                    $parameters = (Get-Command $Name).Parameters.Values
                    $needed = $parameters | Where-Object { $_.Attributes.Where({ $_ -is [Parameter] -and $_.Mandatory }) } | ForEach-Object Name
                    @($needed | Where-Object { $_ -ne 'InputObject' } | Sort-Object) -join ', ' | Should -Be (@($Mandatory | Sort-Object) -join ', ')
                }
            }

            """
        );
        return text.ToString();
    }
}
