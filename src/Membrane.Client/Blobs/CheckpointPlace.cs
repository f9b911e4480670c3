using System;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Checkpoints;

namespace Membrane.Client.Blobs;

/// <summary>Where a checkpoint is, or will be.</summary>
internal abstract class CheckpointPlace
{
    /// <summary>The path, or the address without its query.</summary>
    public abstract string Name { get; }

    /// <summary>Opens or creates the checkpoint, for this run alone.</summary>
    /// <param name="warn">Told what a person should know while it takes long.</param>
    /// <param name="cancellationToken">Ends the wait for it.</param>
    /// <exception cref="MembraneException">It is in use, or cannot be opened.</exception>
    public abstract Task<ICheckpointStore> OpenAsync(Action<string> warn, CancellationToken cancellationToken);

    /// <summary>Reads the checkpoint, also while another run writes it.</summary>
    /// <exception cref="MembraneException">It is not there, damaged, or cannot be read.</exception>
    public abstract Task<CheckpointView> ReadAsync(CancellationToken cancellationToken);
}
