using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace Membrane.Client.Blobs;

/// <summary>Reads a checkpoint in a blob, and in those in which it goes on.</summary>
internal sealed class BlobReader(BlobClient client, BlobAddress address)
{
    private static readonly Dictionary<string, string> NoHeaders = [];

    /// <summary>Reads all parts that there are; none where there is no blob.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public async Task<IReadOnlyList<byte[]>> ReadAsync(CancellationToken cancellationToken)
    {
        var parts = new List<byte[]>();
        while (true)
        {
            (var answer, _) = await client
                .SendAsync(new BlobRequest(HttpMethod.Get, address.Part(parts.Count + 1), HttpStatusCode.OK, NoHeaders), cancellationToken)
                .ConfigureAwait(false);
            // A signature for one blob is refused for those beside it, which no run can have written by it.
            if (answer.Status == HttpStatusCode.NotFound || (parts.Count > 0 && answer.Status == HttpStatusCode.Forbidden))
            {
                return parts;
            }

            parts.Add(answer.IsDone ? answer.Body : throw new IOException($"The storage answers with {answer}."));
        }
    }
}
