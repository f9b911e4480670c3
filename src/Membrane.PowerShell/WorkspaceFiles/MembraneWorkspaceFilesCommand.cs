using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Membrane.Client;
using Membrane.Client.WorkspaceFiles;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.WorkspaceFiles;

/// <summary>The base of the commands that work with the files of a workspace: where they are, and waiting for the service.</summary>
public abstract class MembraneWorkspaceFilesCommand : MembraneApiCommand
{
    private const int ShownFiles = 5;

    /// <summary>The folder that holds, or will hold, the folder membrane. Default: the current location.</summary>
    [Parameter(Position = 0)]
    [RefuseNothing]
    public string Path { get; set; } = ".";

    /// <summary>How many seconds to wait for the service at most, from 1.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public int TimeoutSec { get; set; } = 300;

    /// <inheritdoc/>
    protected override object? ErrorTarget => Path;

    /// <summary>Gets the folder, checked before any request.</summary>
    /// <exception cref="MembraneInputException">It is not a path of the file system.</exception>
    private protected WorkspaceFolder Folder => new(FilePath.Resolve(this, Path, nameof(Path)));

    /// <summary>Reads the files.</summary>
    /// <exception cref="MembraneInputException">There are none.</exception>
    private protected WorkspaceArchive ReadFiles(WorkspaceFolder folder)
    {
        var archive = folder.Read();
        WarnOfIgnored(archive);
        return archive.Files.Count > 0
            ? archive
            : throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(Path),
                $"There are no files of a workspace in '{folder.Root}'.",
                "Pass with -Path the folder that holds the folder membrane, or make one with Export-MembraneWorkspace."
            );
    }

    /// <summary>Warns of the files that are left out, and says why.</summary>
    private protected void WarnOfIgnored(WorkspaceArchive archive)
    {
        // What begins with a dot is of the system or of tools.
        var names = archive
            .Ignored.Where(static name => !name.Split('/').Any(static part => part.StartsWith(".", StringComparison.Ordinal)))
            .ToArray();
        if (names.Length > 0)
        {
            WriteWarning(
                $"{Count(names.Length, "file is", "files are")} left out, having no place in the layout of a workspace: {Some(names)}. "
                    + $"Elements are files such as membrane/actions/KEY/KEY.yaml."
            );
        }
    }

    /// <summary>Imports the files, or finds what that would change, and emits the changes.</summary>
    private protected void Import(WorkspaceArchive archive, WorkspaceImport import)
    {
        var activity = import.DryRun ? "Comparing with the workspace" : "Importing into the workspace";
        AsyncRequest done;
        try
        {
            done = Await(token => Client.WorkspaceFiles.ImportAsync(archive, import, WaitForJob(activity), token));
        }
        finally
        {
            EndProgress(activity);
        }

        if (done.Result?.Changes is { } changes)
        {
            WriteObject(changes, enumerateCollection: true);
            return;
        }

        WriteWarning(
            "The service does not say what differs in the form that this version of the module knows; its answer is emitted as it came."
        );
        WriteObject(done);
    }

    /// <summary>Returns how long to wait, and shows the progress of the service.</summary>
    private protected WaitOptions<AsyncRequest> WaitForJob(string activity) =>
        WaitFor<AsyncRequest>(activity, static job => $"{job.Status} {job.Progress}", TimeSpan.FromSeconds(TimeoutSec));

    /// <summary>Returns the first of several names.</summary>
    private protected static string Some(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(ShownFiles)) + (names.Count > ShownFiles ? $" and {names.Count - ShownFiles} more" : string.Empty);

    /// <summary>Returns a number of things as text.</summary>
    private protected static string Count(int number, string one, string several) => $"{number} {(number == 1 ? one : several)}";
}
