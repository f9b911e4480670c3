using System.Management.Automation;
using Membrane.Client.NativeCommands;

namespace Membrane.PowerShell.Apps;

/// <summary>
/// Makes commands of the actions of a connection, in this session: Send-SlackMessage, New-HubspotContact (GET /actions). They
/// are in a module of their own, which Remove-Module takes away again.
/// </summary>
[Cmdlet(VerbsData.Import, "MembraneApp", HelpUri = OnlineHelp.Pages + "Import-MembraneApp.md")]
[OutputType(typeof(PSModuleInfo))]
public sealed class ImportMembraneAppCommand : MembraneAppCommand
{
    /// <summary>Emit the module with the commands.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Replace the commands of another connection that have the same names.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var app = ReadApp();
        var naming = new CommandNaming(app.Key, app.Name, Prefix);
        var plan = Plan(app, naming, AppPlan.TypePrefix + naming.Prefix, app.Connection.Id!, usesKeys: false);
        var session = new AppModules(InvokeCommand);
        session.Check(plan, Force);
        var module = session.Import(plan);
        WriteVerbose($"{plan.Commands.Count} commands of {plan.App} are in the module {plan.Module}.");
        if (PassThru)
        {
            WriteObject(module);
        }
    }
}
