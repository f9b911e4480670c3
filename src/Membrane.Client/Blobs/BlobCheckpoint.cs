using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Checkpoints;

namespace Membrane.Client.Blobs;

/// <summary>
/// A checkpoint in append blobs of Azure Storage. Lines are added where this run knows the end to be, so that a write that is sent twice
/// is carried out once, and two runs can never mix their lines, whatever has become of the lease.
/// </summary>
internal sealed class BlobCheckpoint : ICheckpointStore
{
    private static readonly TimeSpan ClosingTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StoppingTime = TimeSpan.FromSeconds(0.5);

    private readonly BlobClient client;
    private readonly BlobAddress address;
    private readonly BlobLease lease;
    private readonly CancellationToken stopping;
    private IReadOnlyList<byte[]> found;
    private int part;
    private long position;
    private bool isLost;
    private bool isBroken;

    private BlobCheckpoint(BlobClient client, BlobAddress address, BlobLease lease, IReadOnlyList<byte[]> found, CancellationToken stopping)
    {
        this.client = client;
        this.address = address;
        this.lease = lease;
        this.found = found;
        this.stopping = stopping;
        part = found.Count;
        position = found[found.Count - 1].Length;
    }

    public string Name => $"checkpoint blob '{address.Name}'";

    public string WriteAdvice => "Start the same command again once the storage can be written: it goes on where it was.";

    public bool CanAppend => !isLost && !isBroken;

    /// <summary>Opens or creates the blob, for this run alone.</summary>
    /// <param name="client">The client, which belongs to the checkpoint from now on.</param>
    /// <param name="address">The blob.</param>
    /// <param name="warn">Told where another run has it, and may be dead.</param>
    /// <param name="cancellationToken">Ends the wait for it, and afterwards the retries of writes.</param>
    /// <exception cref="MembraneException">It is in use, or cannot be opened.</exception>
    public static async Task<BlobCheckpoint> OpenAsync(
        BlobClient client,
        BlobAddress address,
        Action<string> warn,
        CancellationToken cancellationToken
    )
    {
        BlobLease? lease = null;
        try
        {
            await CreateAsync(client, address, 1, cancellationToken).ConfigureAwait(false);
            lease = await BlobLease.TakeAsync(client, address, warn, cancellationToken).ConfigureAwait(false);
            var found = await new BlobReader(client, address).ReadAsync(cancellationToken).ConfigureAwait(false);
            return found.Count > 0
                ? new BlobCheckpoint(client, address, lease, found, cancellationToken)
                : throw new IOException("it was removed meanwhile");
        }
        catch (Exception exception)
        {
            lease?.Dispose();
            client.Dispose();
            throw exception is IOException ? BlobErrors.Unavailable(address, exception.Message.TrimEnd('.'), exception) : exception;
        }
    }

    public IEnumerable<Stream> OpenParts()
    {
        var parts = found.Select(static part => (Stream)new MemoryStream(part)).ToArray();
        found = [];
        return parts;
    }

    public void Begin(byte[] header)
    {
        if (part > 1 || position > 0)
        {
            // Only what is no line of ours has no first line, and is not ours to remove.
            throw new IOException("It has something else in it already.");
        }

        Append(header);
    }

    // An append blob is not cut: a seal stays where it is, and half a line cannot be.
    public void Continue(long whole, bool isEnded)
    {
        if (!isEnded)
        {
            throw new IOException("Its last line has no end.");
        }
    }

    public void Append(byte[] lines) => AppendAsync(lines, stopping).GetAwaiter().GetResult();

    public void Dispose()
    {
        using var limit = new CancellationTokenSource(stopping.IsCancellationRequested ? StoppingTime : ClosingTime);
        try
        {
            Task.Run(() => lease.ReleaseAsync(limit.Token)).GetAwaiter().GetResult();
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or MembraneException)
        {
            // It ends by itself.
        }

        lease.Dispose();
        client.Dispose();
    }

    private static async Task CreateAsync(BlobClient client, BlobAddress address, int part, CancellationToken cancellationToken)
    {
        var headers = new Dictionary<string, string> { ["x-ms-blob-type"] = "AppendBlob", ["If-None-Match"] = "*" };
        (var answer, _) = await client
            .SendAsync(new BlobRequest(HttpMethod.Put, address.Part(part), HttpStatusCode.Created, headers), cancellationToken)
            .ConfigureAwait(false);
        if (answer.IsDone)
        {
            return;
        }

        // It is there already; or may not be created by this signature, but be there.
        (var there, _) = await client
            .SendAsync(
                new BlobRequest(HttpMethod.Head, address.Part(part), HttpStatusCode.OK, new Dictionary<string, string>()),
                cancellationToken
            )
            .ConfigureAwait(false);
        if (!there.IsDone)
        {
            throw new IOException($"the storage answers with {answer}");
        }

        if (there.BlobType != "AppendBlob")
        {
            throw new IOException($"it is a {there.BlobType}, and a checkpoint needs an AppendBlob");
        }
    }

    private async Task AppendAsync(byte[] lines, CancellationToken cancellationToken)
    {
        if (!CanAppend)
        {
            throw Lost();
        }

        var mayBeThere = false;
        while (true)
        {
            (var answer, var mayBeSecond) = await SendAsync(lines, cancellationToken).ConfigureAwait(false);
            mayBeThere |= mayBeSecond;
            if (answer.IsDone)
            {
                position += lines.Length;
                return;
            }

            if (answer.Code == "AppendPositionConditionNotMet")
            {
                if (mayBeThere && await IsThereAsync(lines, cancellationToken).ConfigureAwait(false))
                {
                    position += lines.Length;
                    return;
                }

                throw Lost();
            }

            if (answer.Code == "BlockCountExceedsLimit")
            {
                await GoOnInNextPartAsync(cancellationToken).ConfigureAwait(false);
                mayBeThere = false;
            }
            else if (!answer.IsAboutLease)
            {
                isBroken |= !answer.IsRefusal;
                throw new IOException($"The storage answers with {answer}.");
            }
            else if (!await lease.RetakeAsync(cancellationToken).ConfigureAwait(false))
            {
                throw Lost();
            }
        }
    }

    private async Task<(BlobAnswer Answer, bool MayBeSecond)> SendAsync(byte[] lines, CancellationToken cancellationToken)
    {
        var headers = new Dictionary<string, string>
        {
            ["x-ms-blob-condition-appendpos"] = position.ToString(CultureInfo.InvariantCulture),
        };
        if (part == 1)
        {
            headers["x-ms-lease-id"] = lease.Id;
        }

        try
        {
            return await client
                .SendAsync(
                    new BlobRequest(HttpMethod.Put, address.Part(part, "comp=appendblock"), HttpStatusCode.Created, headers, lines),
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (IOException)
        {
            // It is not known whether these lines are there, and so not where the next ones belong.
            isBroken = true;
            throw;
        }
    }

    private async Task GoOnInNextPartAsync(CancellationToken cancellationToken)
    {
        await CreateAsync(client, address, part + 1, cancellationToken).ConfigureAwait(false);
        part++;
        position = 0;
    }

    // A write whose answer was lost is known by its lines: they hold times and hashes, and are at the place where they were to be.
    private async Task<bool> IsThereAsync(byte[] lines, CancellationToken cancellationToken)
    {
        var headers = new Dictionary<string, string> { ["x-ms-range"] = $"bytes={position}-" };
        (var answer, _) = await client
            .SendAsync(new BlobRequest(HttpMethod.Get, address.Part(part), HttpStatusCode.PartialContent, headers), cancellationToken)
            .ConfigureAwait(false);
        return answer.IsDone && answer.Body.SequenceEqual(lines);
    }

    private IOException Lost()
    {
        if (isBroken)
        {
            return new IOException("The storage could not be reached, or did not answer, and what it holds is not known.");
        }

        isLost = true;
        return new IOException("Another run has taken it over, or changed it.");
    }
}
