using System;
using System.Buffers;
using System.IO;
using System.Net.Http;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;

namespace Membrane.Client.Transport;

/// <summary>
/// The body of an answer. Up to 1 MB it is in one buffer of the shared pool, as nearly all answers are. What goes beyond is in small
/// arrays of its own: a pool would keep for the life of the process what one large answer needed.
/// </summary>
internal sealed class ResponseBody : IDisposable
{
    /// <summary>The largest buffer that is taken from the shared pool and given back to it.</summary>
    public const int MaxPooledBytes = 1024 * 1024;

    private const int FirstSize = 16 * 1024;

    // Arrays from 85,000 bytes on are collected with the oldest objects only, and leave holes.
    private const int SegmentSize = 64 * 1024;

    private byte[]? pooled;
    private bool isDetached;
    private ReadOnlySequence<byte> bytes;

    private ResponseBody(byte[] pooled, ReadOnlySequence<byte> bytes)
    {
        this.pooled = pooled;
        this.bytes = bytes;
    }

    /// <summary>The bytes, in one segment where they are at most 1 MB.</summary>
    public ReadOnlySequence<byte> Bytes => pooled is null && !isDetached ? throw new ObjectDisposedException(nameof(ResponseBody)) : bytes;

    /// <summary>Reads a body to its end.</summary>
    /// <exception cref="IOException">The body ends too early or cannot be unpacked.</exception>
    /// <exception cref="ResponseTooLargeException">The body is longer than <paramref name="maxBytes"/>.</exception>
    public static async Task<ResponseBody> ReadAsync(HttpContent content, int maxBytes, CancellationToken cancellationToken)
    {
        var announced = content.Headers.ContentLength ?? 0;
        if (announced > maxBytes)
        {
            throw new ResponseTooLargeException(maxBytes);
        }

        // One byte more than announced, so that the read that finds the end needs no larger buffer.
        var buffer = ArrayPool<byte>.Shared.Rent(announced > 0 ? (int)Math.Min(announced + 1, MaxPooledBytes) : FirstSize);
        try
        {
            using var stream = await OpenAsync(content, cancellationToken).ConfigureAwait(false);
            var length = 0;
            while (true)
            {
                length += await FillAsync(stream, buffer, length, cancellationToken).ConfigureAwait(false);
                if (length < buffer.Length || length > maxBytes)
                {
                    break;
                }

                if (buffer.Length >= MaxPooledBytes)
                {
                    return new ResponseBody(buffer, await ReadRestAsync(stream, buffer, maxBytes, cancellationToken).ConfigureAwait(false));
                }

                var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                Buffer.BlockCopy(buffer, 0, larger, 0, length);
                ArrayPool<byte>.Shared.Return(buffer);
                buffer = larger;
            }

            return length <= maxBytes
                ? new ResponseBody(buffer, new ReadOnlySequence<byte>(buffer, 0, length))
                : throw new ResponseTooLargeException(maxBytes);
        }
        catch (Exception exception)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            if (exception is InvalidDataException or InvalidOperationException)
            {
                // What the unpacking streams of the framework throw, each its own, for a body that is not packed as it says.
                throw new AnswerException("The body cannot be unpacked.", exception);
            }

            throw;
        }
    }

    /// <summary>Returns the bytes in memory of their own, which stays when the body is disposed of.</summary>
    public ReadOnlySequence<byte> Detach()
    {
        var kept = Bytes;
        if (kept.IsSingleSegment)
        {
            return new ReadOnlySequence<byte>(kept.ToArray());
        }

        // The pool makes another buffer when it needs one.
        pooled = null;
        isDetached = true;
        return kept;
    }

    /// <summary>Overwrites a secret wherever the body says it; see <see cref="SecretText"/>.</summary>
    public void Hide(byte[] secret)
    {
        if (!Bytes.IsSingleSegment)
        {
            // The secret may be on both sides of an edge.
            bytes = new ReadOnlySequence<byte>(bytes.ToArray());
        }

        SecretText.Hide(MemoryMarshal.AsMemory(bytes.First).Span, secret);
    }

    public void Dispose()
    {
        if (pooled is { } rented)
        {
            pooled = null;
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static async Task<ReadOnlySequence<byte>> ReadRestAsync(
        Stream stream,
        byte[] start,
        int maxBytes,
        CancellationToken cancellationToken
    )
    {
        var first = new BodySegment(start);
        var last = first;
        while (true)
        {
            var segment = new byte[SegmentSize];
            var length = await FillAsync(stream, segment, 0, cancellationToken).ConfigureAwait(false);
            if (length > 0)
            {
                last = last.Append(new ReadOnlyMemory<byte>(segment, 0, length));
            }

            if (last.End > maxBytes)
            {
                throw new ResponseTooLargeException(maxBytes);
            }

            if (length < segment.Length)
            {
                return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
            }
        }
    }

    // Less than the buffer has room for only where the body is at its end.
    private static async Task<int> FillAsync(Stream stream, byte[] buffer, int start, CancellationToken cancellationToken)
    {
        var position = start;
        while (position < buffer.Length)
        {
            var read = await stream.ReadAsync(buffer, position, buffer.Length - position, cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                break;
            }

            position += read;
        }

        return position - start;
    }

    private static Task<Stream> OpenAsync(HttpContent content, CancellationToken cancellationToken)
    {
#if NET
        return content.ReadAsStreamAsync(cancellationToken);
#else
        cancellationToken.ThrowIfCancellationRequested();
        return content.ReadAsStreamAsync();
#endif
    }
}
