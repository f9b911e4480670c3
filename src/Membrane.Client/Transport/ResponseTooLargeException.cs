using System;

namespace Membrane.Client.Transport;

/// <summary>A body is longer than the client takes.</summary>
/// <param name="maxBytes">How much it takes.</param>
internal sealed class ResponseTooLargeException(int maxBytes) : Exception
{
    /// <summary>How much the client takes of this answer, in bytes.</summary>
    public int MaxBytes { get; } = maxBytes;
}
