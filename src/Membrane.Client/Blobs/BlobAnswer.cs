using System.Net;

namespace Membrane.Client.Blobs;

/// <summary>What Azure Storage answers.</summary>
/// <param name="Status">The status.</param>
/// <param name="Code">The name of the error; empty where there is none.</param>
/// <param name="BlobType">The kind of blob, where it is told.</param>
/// <param name="IsDone">Whether it says, as it is documented, that what was asked for is done.</param>
/// <param name="Body">The body, where it is done.</param>
internal sealed record BlobAnswer(HttpStatusCode Status, string Code, string? BlobType, bool IsDone, byte[] Body)
{
    /// <summary>Whether the storage says that it was not done.</summary>
    public bool IsRefusal => (int)Status is >= 400 and < 500;

    /// <summary>Whether the same request may succeed a little later.</summary>
    public bool IsTransient => (int)Status is 408 or 429 or 500 or 502 or 503 or 504;

    /// <summary>Whether the request had no lease, one that has ended, or that of another run.</summary>
    public bool IsAboutLease => Code.StartsWith("Lease", System.StringComparison.Ordinal);

    public override string ToString() => Code.Length > 0 ? $"{Code} ({(int)Status})" : $"status {(int)Status}";
}
