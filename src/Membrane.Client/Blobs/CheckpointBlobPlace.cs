using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Checkpoints;
using Membrane.Client.Transport;

namespace Membrane.Client.Blobs;

/// <summary>A checkpoint in Azure Blob Storage.</summary>
/// <param name="address">The blob.</param>
/// <param name="tokens">Where tokens come from; null where the address has a signature.</param>
/// <param name="proxy">The proxy; null for that of the system.</param>
internal sealed class CheckpointBlobPlace(BlobAddress address, ITokenSource? tokens, IWebProxy? proxy) : CheckpointPlace
{
    public override string Name => address.Name;

    public override async Task<ICheckpointStore> OpenAsync(Action<string> warn, CancellationToken cancellationToken) =>
        await BlobCheckpoint.OpenAsync(MakeClient(), address, warn, cancellationToken).ConfigureAwait(false);

    public override async Task<CheckpointView> ReadAsync(CancellationToken cancellationToken)
    {
        using var client = MakeClient();
        try
        {
            var parts = await new BlobReader(client, address).ReadAsync(cancellationToken).ConfigureAwait(false);
            return parts.Count > 0
                ? CheckpointView.Read(
                    address.Name,
                    $"checkpoint blob '{address.Name}'",
                    () => parts.Select(static part => new MemoryStream(part))
                )
                : throw new IOException("there is no such blob");
        }
        catch (IOException exception)
        {
            throw BlobErrors.Unavailable(address, exception.Message.TrimEnd('.'), exception);
        }
    }

    private BlobClient MakeClient() => new(HttpStack.MakeHandler(address.Uri, proxy), tokens);
}
