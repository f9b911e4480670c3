using System.Collections;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;
using Membrane.Client.NativeCommands;

namespace Membrane.PowerShell.Apps;

/// <summary>The modules with commands of apps in this session.</summary>
/// <param name="session">What runs script in the session of the caller. The scripts are constants; what they are told is data.</param>
internal sealed class AppModules(CommandInvocationIntrinsics session)
{
    private const string ConnectionKey = "MembraneConnection";
    private const int ShownNames = 5;

    private const string FindModule = "param($name) Get-Module -Name $name";

    // All of them: asked for one by its name, PowerShell looks for a module that has it in every folder of modules.
    private const string FindCommands = "Get-Command -Name * -CommandType Cmdlet, Function, Alias -ListImported";

    private const string ImportModule = """
        param($name, $text, $connection)
        $module = New-Module -Name $name -ScriptBlock ([scriptblock]::Create($text)) -ArgumentList $connection
        $module.PrivateData = @{ MembraneConnection = $connection }
        Import-Module -ModuleInfo $module -Global -Force -DisableNameChecking
        $module
        """;

    /// <summary>Refuses names that something else in the session has.</summary>
    /// <exception cref="MembraneInputException">A name is taken.</exception>
    public void Check(AppPlan plan, bool force)
    {
        var loaded = Run(FindModule, plan.Module).Select(static one => one.BaseObject).OfType<PSModuleInfo>().FirstOrDefault();
        if (!force && loaded is { PrivateData: IDictionary data } && data[ConnectionKey] is string other && other != plan.Connection)
        {
            throw new MembraneInputException(
                ErrorIds.AlreadyExists,
                "Connection",
                $"The commands in the module {plan.Module} run on another connection ({other}).",
                "Choose another word with -Prefix, replace them with -Force, or run them on this connection with -Connection."
            );
        }

        var names = new HashSet<string>(
            plan.Commands.SelectMany(static command => new[] { command.Name.Name, command.Name.Alias }),
            System.StringComparer.OrdinalIgnoreCase
        );
        var taken = Run(FindCommands)
            .Select(static one => one.BaseObject)
            .OfType<CommandInfo>()
            .Where(command => command.ModuleName != plan.Module && names.Contains(command.Name))
            .Select(static command => command.Name)
            .ToArray();
        if (taken.Length > 0)
        {
            throw new MembraneInputException(
                ErrorIds.AlreadyExists,
                "Prefix",
                $"There are commands of these names in this session: {string.Join(", ", taken.Take(ShownNames))}"
                    + (taken.Length > ShownNames ? $" and {taken.Length - ShownNames} more." : "."),
                "Choose another word with -Prefix."
            );
        }
    }

    /// <summary>Makes the commands. Those of the same module are replaced.</summary>
    public PSModuleInfo Import(AppPlan plan) =>
        Run(ImportModule, plan.Module, ModuleScript.Write(plan), plan.Connection)
            .Select(static one => one.BaseObject)
            .OfType<PSModuleInfo>()
            .Last();

    private Collection<PSObject> Run(string script, params object[] arguments) => session.InvokeScript(script, arguments);
}
