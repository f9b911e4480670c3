using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Blobs;

namespace Membrane.Client.Actions;

/// <summary>How the inputs of a batch are run.</summary>
internal sealed class ActionRunOptions
{
    /// <summary>Whether a saved action is run with <c>POST /act</c>; a request to the app's API or code always is.</summary>
    public bool UsesAct { get; init; }

    /// <summary>A request to the app's API instead of an action.</summary>
    public ApiCall? Api { get; init; }

    /// <summary>A JavaScript module instead of an action.</summary>
    public string? Code { get; init; }

    /// <summary>The key of the integration, where there is no action to name it.</summary>
    public string? IntegrationKey { get; init; }

    /// <summary>Data to keep on the run logs.</summary>
    public object? Meta { get; init; }

    /// <summary>Whether checking inputs is left to the service.</summary>
    public bool SkipsCheck { get; init; }

    /// <summary>Whether running an input twice does no harm: then a run is repeated whose outcome is unknown.</summary>
    public bool RetryUnknown { get; init; }

    /// <summary>Whether inputs are run again that failed in an earlier run with the same checkpoint file.</summary>
    public bool ResumeFailed { get; init; }

    /// <summary>The property of the output that says where the next page begins, or the path to it with dots; null for one page.</summary>
    public string? CursorProperty { get; init; }

    /// <summary>The property of the input that says where a page begins.</summary>
    public string? CursorInput { get; init; }

    /// <summary>Where the checkpoint is; null for none.</summary>
    public CheckpointPlace? Checkpoint { get; init; }

    /// <summary>Checkpoints of other runs, whose inputs are taken for those of this one.</summary>
    public IReadOnlyList<CheckpointPlace> PriorCheckpoints { get; init; } = [];

    /// <summary>The property that tells inputs apart in the checkpoint; null for their content.</summary>
    public string? CheckpointKey { get; init; }

    /// <summary>Finds the owner of the checkpoint; needed with <see cref="Checkpoint"/>.</summary>
    public Func<CancellationToken, Task<CheckpointOwner>>? FindOwner { get; init; }

    /// <summary>Called once with the reason why inputs are not checked, if they are not; on any thread.</summary>
    public System.Action<string>? NotChecked { get; init; }

    /// <summary>Called with what the checkpoint file could not record while another error is reported; on any thread.</summary>
    public System.Action<string> Warn { get; init; } = static _ => { };
}
