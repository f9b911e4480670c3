using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using Membrane.Client.NativeCommands;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Connections;

namespace Membrane.PowerShell.Apps;

/// <summary>
/// Writes the commands of an app as a module of its own, for source control and for runbooks (GET /actions). It needs only the
/// module Membrane. Made twice from the same actions it is the same byte for byte.
/// </summary>
[Cmdlet(
    VerbsData.Export,
    "MembraneApp",
    SupportsShouldProcess = true,
    DefaultParameterSetName = NewSet,
    HelpUri = OnlineHelp.Pages + "Export-MembraneApp.md"
)]
[OutputType(typeof(FileInfo), ParameterSetName = [NewSet])]
[OutputType(typeof(AppCommandChange), ParameterSetName = [UpdateSet])]
public sealed class ExportMembraneAppCommand : MembraneAppCommand
{
    private const string NewSet = "New";
    private const string UpdateSet = "Update";
    private const string FirstVersion = "1.0.0";

    /// <summary>The folder in which the folder of the module is written, or with -Update, is. It is named like the module.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [RefuseNothing]
    public string? Path { get; set; }

    /// <summary>The name of the module. Without it, Membrane.App. and the app's word.</summary>
    [Parameter]
    [ValidatePattern("^[A-Za-z][A-Za-z0-9]*(\\.[A-Za-z0-9]+)*$")]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? ModuleName { get; set; }

    /// <summary>The version of the module. Without it, 1.0.0, or with -Update the one that it has.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NoCompleter))]
    public System.Version? ModuleVersion { get; set; }

    /// <summary>
    /// Bring a module up to date that was made before, and emit what has changed. Commands keep their names. With -WhatIf nothing is
    /// written.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = UpdateSet)]
    public SwitchParameter Update { get; set; }

    /// <summary>Replace a module that was made before. Nothing else is ever replaced.</summary>
    [Parameter(ParameterSetName = NewSet)]
    public SwitchParameter Force { get; set; }

    /// <summary>
    /// The connection that the commands run on, unless they are told another: an id or a key. Without it, the one that they are made from,
    /// as it was named.
    /// </summary>
    [Parameter]
    [RefuseNothing]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public string? DefaultConnection { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        if (DefaultConnection is not null && !RecordedNames.IsSelector(DefaultConnection))
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(DefaultConnection),
                "The value of DefaultConnection is neither an id nor a key: it has quotes, brackets or characters that cannot be seen.",
                "Pass the id or the key of a connection."
            );
        }

        var app = ReadApp();
        var naming = new CommandNaming(app.Key, app.Name, Prefix);
        var module = ModuleName ?? AppPlan.TypePrefix + naming.Prefix;
        var folder = new ModuleFolder(System.IO.Path.Combine(FilePath.Resolve(this, Path!, nameof(Path)), module));
        var before = Check(folder);
        if (before is not null && Prefix is null && before.Prefix != naming.Prefix)
        {
            naming = new CommandNaming(app.Key, app.Name, before.Prefix);
        }

        var connection = DefaultConnection ?? before?.Connection ?? NameOf(app);
        var plan = Plan(app, naming, module, connection, usesKeys: true, Update ? before?.Names : null);
        var record = ModuleRecord.Of(plan, ModuleVersion?.ToString() ?? (Update ? before?.Version : null) ?? FirstVersion, naming.Prefix);
        var files = ModuleFiles.Make(plan, record);
        if (Update)
        {
            WriteObject(
                ModuleChanges.Between(before!, record).Select(static change => new AppCommandChange(change)),
                enumerateCollection: true
            );
        }

        if (folder.Contains(files))
        {
            WriteVerbose($"The module in {folder.Path} is up to date.");
        }
        else if (
            ShouldProcess(
                folder.Path,
                Update ? $"Update the module with {plan.Commands.Count} commands" : $"Write a module with {plan.Commands.Count} commands"
            )
        )
        {
            Await(token => Task.Run(() => folder.Replace(files, token), token));
        }
        else
        {
            return;
        }

        if (!Update)
        {
            WriteObject(new FileInfo(System.IO.Path.Combine(folder.Path, module + ".psd1")));
        }
    }

    private string NameOf(AppSource app) =>
        !Connection!.IsId ? Connection.IdOrKey
        : RecordedNames.IsSelector(app.Connection.Key ?? string.Empty) ? app.Connection.Key!
        : app.Connection.Id!;

    // What is there is replaced only if it was made here.
    private ModuleRecord? Check(ModuleFolder folder)
    {
        var record = folder.ReadRecord();
        if (record is null && (Update || folder.Exists))
        {
            throw folder.Exists
                ? new MembraneInputException(
                    ErrorIds.AlreadyExists,
                    nameof(Path),
                    $"The folder {folder.Path} exists, and it is not a module of Export-MembraneApp.",
                    "Choose another folder with -Path or another name with -ModuleName."
                )
                : new MembraneInputException(
                    ErrorIds.NotFound,
                    nameof(Path),
                    $"No module of Export-MembraneApp is in {folder.Path}.",
                    "Leave -Update out to make it."
                );
        }

        return record is null || Update || Force
            ? record
            : throw new MembraneInputException(
                ErrorIds.AlreadyExists,
                nameof(Path),
                $"The module in {folder.Path} was made before.",
                "Bring it up to date with -Update, which keeps names and shows what changes, or replace it with -Force."
            );
    }
}
