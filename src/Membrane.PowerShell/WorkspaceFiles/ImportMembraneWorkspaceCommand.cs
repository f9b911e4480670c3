using System.Management.Automation;
using Membrane.Client;

namespace Membrane.PowerShell.WorkspaceFiles;

/// <summary>
/// Makes the workspace what the files say, and emits what was changed (POST /import). With -WhatIf the service itself does a dry run,
/// and what it would change is emitted.
/// </summary>
[Cmdlet(
    VerbsData.Import,
    "MembraneWorkspace",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.High,
    HelpUri = OnlineHelp.Pages + "Import-MembraneWorkspace.md"
)]
[OutputType(typeof(WorkspaceChange), typeof(AsyncRequest))]
public sealed class ImportMembraneWorkspaceCommand : MembraneWorkspaceFilesCommand
{
    /// <summary>Leave elements alone that there are no files of. Without it they are archived.</summary>
    [Parameter]
    public SwitchParameter Partial { get; set; }

    /// <summary>
    /// Import also where the service would refuse it, such as archiving an integration that has connections. It does not answer the
    /// question whether to go on: that is -Confirm:$false.
    /// </summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var folder = Folder;
        var archive = ReadFiles(folder);
        var what =
            $"Import {Count(archive.Files.Count, "file", "files")} of {folder.Root} into the workspace"
            + (Partial ? string.Empty : ", and archive what is in none of them");
        if (ShouldProcess(what, what + "?", "Import workspace", out var reason))
        {
            Import(archive, new WorkspaceImport { Partial = Partial, Force = Force });
        }
        else if (reason == ShouldProcessReason.WhatIf)
        {
            Import(
                archive,
                new WorkspaceImport
                {
                    DryRun = true,
                    Partial = Partial,
                    Force = Force,
                }
            );
        }
    }
}
