using System.Management.Automation;
using Membrane.Client;

namespace Membrane.PowerShell.WorkspaceFiles;

/// <summary>Emits what an import of the files would change in the workspace, and changes nothing (POST /import?dryRun=true).</summary>
[Cmdlet(VerbsData.Compare, "MembraneWorkspace", HelpUri = OnlineHelp.Pages + "Compare-MembraneWorkspace.md")]
[OutputType(typeof(WorkspaceChange), typeof(AsyncRequest))]
public sealed class CompareMembraneWorkspaceCommand : MembraneWorkspaceFilesCommand
{
    /// <summary>Compare only what there are files of. Without it, elements without a file show as archived.</summary>
    [Parameter]
    public SwitchParameter Partial { get; set; }

    /// <summary>Compare also where an import would be refused unless it is forced.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void Process() =>
        Import(
            ReadFiles(Folder),
            new WorkspaceImport
            {
                DryRun = true,
                Partial = Partial,
                Force = Force,
            }
        );
}
