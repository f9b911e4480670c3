using System;

namespace Membrane.Client.Blobs;

/// <summary>The errors of checkpoints in blobs.</summary>
internal static class BlobErrors
{
    /// <summary>Returns the error of a blob that cannot be opened.</summary>
    public static MembraneException Unavailable(BlobAddress address, string why, Exception? exception = null) =>
        new(
            ErrorIds.CheckpointUnavailable,
            $"The checkpoint blob '{address.Name}' cannot be opened: {why}.",
            "Another run may be using it: wait for it, or choose another blob. The container must exist, and the signature or token must allow "
                + "to read, to create and to add to blobs.",
            exception
        );
}
