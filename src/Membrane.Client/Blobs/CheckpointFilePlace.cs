using System;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Checkpoints;
using Membrane.Client.Files;

namespace Membrane.Client.Blobs;

/// <summary>A checkpoint on a disk.</summary>
/// <param name="path">The whole path.</param>
internal sealed class CheckpointFilePlace(string path) : CheckpointPlace
{
    public override string Name => path;

    public override Task<ICheckpointStore> OpenAsync(Action<string> warn, CancellationToken cancellationToken) =>
        Task.Run<ICheckpointStore>(() => CheckpointFile.Open(path, null, cancellationToken), cancellationToken);

    public override Task<CheckpointView> ReadAsync(CancellationToken cancellationToken) => Task.Run(Read, cancellationToken);

    private CheckpointView Read()
    {
        System.IO.FileStream? file = null;
        try
        {
            return CheckpointView.Read(path, $"checkpoint file '{path}'", () => [file = UnlockedFile.Open(path)]);
        }
        finally
        {
            file?.Dispose();
        }
    }
}
