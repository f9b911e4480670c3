using System.Collections.Generic;

namespace Membrane;

/// <summary>What came of an export or an import.</summary>
public class AsyncRequestResult : MembraneModel
{
    /// <summary>What an import changed, or would change.</summary>
    public IReadOnlyList<WorkspaceChange>? Changes { get; internal set; }

    // Anyone with the address has the files, so it is not shown.
    internal string? DownloadUri { get; set; }
}
