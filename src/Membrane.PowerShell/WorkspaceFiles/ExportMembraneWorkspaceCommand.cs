using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using Membrane.Client;
using Membrane.Client.WorkspaceFiles;

namespace Membrane.PowerShell.WorkspaceFiles;

/// <summary>
/// Writes all elements of the workspace into files, for source control (GET /export). Emits what changed among the files.
/// </summary>
[Cmdlet(VerbsData.Export, "MembraneWorkspace", SupportsShouldProcess = true, HelpUri = OnlineHelp.Pages + "Export-MembraneWorkspace.md")]
[OutputType(typeof(WorkspaceChange))]
public sealed class ExportMembraneWorkspaceCommand : MembraneWorkspaceFilesCommand
{
    private const string Activity = "Exporting the workspace";

    /// <summary>Replace and remove files that differ from the workspace. Without it they are left alone, and the command refuses.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var folder = Folder;

        // Before the service is bothered: a folder that cannot be read cannot be compared.
        folder.RequireReadable();
        var archive = Fetch();
        WarnOfIgnored(archive);
        var changes = folder.CompareWith(archive);
        var lost = changes
            .Where(static change => change.Change != "created")
            .Select(static change => $"{change.Path} ({change.Change})")
            .ToArray();
        if (lost.Length > 0 && !Force)
        {
            throw new MembraneException(
                ErrorIds.LocalChanges,
                $"{Count(lost.Length, "file differs", "files differ")} from the workspace and would be replaced or removed: "
                    + $"{Some(lost)}. Nothing was written.",
                "See with Compare-MembraneWorkspace what the files would change in the workspace, and import or commit them. To have "
                    + "the workspace's word in their place, use -Force."
            );
        }

        var isDryRun = changes.Count > 0 && !ShouldProcess(folder.Root, $"Write the workspace into files ({Words(changes)})");
        if (!isDryRun)
        {
            changes = Await(token => Task.Run(() => folder.Write(archive, token), token));
        }

        foreach (var change in changes)
        {
            change.DryRun = isDryRun;
        }

        WriteObject(changes, enumerateCollection: true);
        WarnOfCredentials(archive);
    }

    private void WarnOfCredentials(WorkspaceArchive archive)
    {
        var found = CredentialLines.Find(archive).Select(static one => $"{one.Path} ({one.What})").ToArray();
        if (found.Length > 0)
        {
            WriteWarning(
                $"{Count(found.Length, "file holds", "files hold")} what looks like credentials: {Some(found)}. Every reader of the files "
                    + "can use them: keep them out of source control, or move them to the connection."
            );
        }
    }

    private static string Words(IReadOnlyList<WorkspaceChange> changes) =>
        string.Join(", ", changes.GroupBy(static change => change.Change).Select(static group => $"{group.Count()} {group.Key}"));

    private WorkspaceArchive Fetch()
    {
        try
        {
            return Await(token => Client.WorkspaceFiles.ExportAsync(WaitForJob(Activity), token));
        }
        finally
        {
            EndProgress(Activity);
        }
    }
}
