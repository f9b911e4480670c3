using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Transport;

namespace Membrane.Client.Blobs;

/// <summary>
/// The lease of a blob, renewed for as long as the run lasts. It is short, so that a run that was killed does not hold up the one that is
/// started in its place.
/// </summary>
internal sealed class BlobLease : IDisposable
{
    /// <summary>The shortest that the storage gives.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan RenewalInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(3);

    private readonly BlobClient client;
    private readonly BlobAddress address;
    private readonly CancellationTokenSource ended = new();

    private BlobLease(BlobClient client, BlobAddress address)
    {
        this.client = client;
        this.address = address;
    }

    /// <summary>The id that each write must name.</summary>
    public string Id { get; } = Guid.NewGuid().ToString();

    /// <summary>Takes the lease of a blob. One that is not renewed ends meanwhile.</summary>
    /// <param name="client">The client.</param>
    /// <param name="address">The blob.</param>
    /// <param name="warn">Told once where another run has the lease, and may be dead.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="MembraneException">Another run has it and keeps it, or it cannot be had.</exception>
    public static async Task<BlobLease> TakeAsync(
        BlobClient client,
        BlobAddress address,
        Action<string> warn,
        CancellationToken cancellationToken
    )
    {
        var lease = new BlobLease(client, address);
        var watch = Stopwatch.StartNew();
        for (var isFirst = true; ; isFirst = false)
        {
            var answer = await lease.AcquireAsync(cancellationToken).ConfigureAwait(false);
            if (answer.IsDone)
            {
                _ = lease.RenewAsync();
                return lease;
            }

            if (!answer.IsAboutLease || watch.Elapsed > Duration + Slack)
            {
                throw BlobErrors.Unavailable(
                    address,
                    answer.IsAboutLease ? "another run has the lease of it, and renews it" : answer.ToString()
                );
            }

            if (isFirst)
            {
                warn(
                    $"The checkpoint blob '{address.Name}' is leased to another run. If that was killed, the lease ends within "
                        + $"{Duration.TotalSeconds:0} seconds: waiting for it."
                );
            }

            await Task.Delay(TimeSpan.FromSeconds(0.75 + (0.25 * Jitter.Next())), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes the lease again after it has ended, unless another run was faster.</summary>
    /// <returns>Whether this run has it.</returns>
    public async Task<bool> RetakeAsync(CancellationToken cancellationToken) =>
        (await AcquireAsync(cancellationToken).ConfigureAwait(false)).IsDone;

    /// <summary>Gives the lease back, so that the next run need not wait.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        ended.Cancel();
        await client.SendAsync(Request("release", "x-ms-lease-id"), cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => ended.Cancel();

    private async Task<BlobAnswer> AcquireAsync(CancellationToken cancellationToken) =>
        (
            await client
                .SendAsync(
                    Request(
                        "acquire",
                        "x-ms-proposed-lease-id",
                        ("x-ms-lease-duration", Duration.TotalSeconds.ToString(CultureInfo.InvariantCulture))
                    ),
                    cancellationToken
                )
                .ConfigureAwait(false)
        ).Answer;

    // A renewal that fails needs no words: the next write finds out whether the lease is lost.
    private async Task RenewAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(RenewalInterval, ended.Token).ConfigureAwait(false);
                try
                {
                    await client.SendAsync(Request("renew", "x-ms-lease-id"), ended.Token).ConfigureAwait(false);
                }
                catch (Exception exception) when (exception is System.IO.IOException or MembraneException) { }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The run has ended.
        }
    }

    private BlobRequest Request(string action, string idHeader, params (string Name, string Value)[] more)
    {
        var headers = new Dictionary<string, string> { ["x-ms-lease-action"] = action, [idHeader] = Id };
        foreach ((var name, var value) in more)
        {
            headers[name] = value;
        }

        var done = action == "acquire" ? HttpStatusCode.Created : HttpStatusCode.OK;
        return new BlobRequest(HttpMethod.Put, address.Part(1, "comp=lease"), done, headers);
    }
}
