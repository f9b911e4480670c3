using System;
using System.Globalization;
using System.Threading.Tasks;

namespace Membrane.Emulator.Server;

/// <summary>The body of a request while it comes in.</summary>
internal sealed class RequestBody(RequestHead head, RequestReader reader, Func<Task> sendContinue)
{
    private long left = head.ContentLength;
    private bool isAwaited = head.ExpectsContinue;

    /// <summary>Whether all of it has been read.</summary>
    public bool IsRead { get; private set; } = !head.IsChunked && head.ContentLength == 0;

    /// <summary>Whether the client waits for leave to send it.</summary>
    public bool IsAwaited => isAwaited && !IsRead;

    /// <summary>Reads some of it; 0 at its end.</summary>
    /// <exception cref="BadHttpException">It ends before it should, or its chunks are not what they should be.</exception>
    public async Task<int> Read(byte[] target)
    {
        if (IsRead)
        {
            return 0;
        }

        if (isAwaited)
        {
            isAwaited = false;
            await sendContinue();
        }

        if (head.IsChunked && left == 0 && !await NextChunk())
        {
            IsRead = true;
            return 0;
        }

        var count = await reader.Read(target, (int)Math.Min(target.Length, left));
        if (count == 0)
        {
            throw new BadHttpException(400, "The body ends before it should.");
        }

        left -= count;
        if (left == 0 && head.IsChunked && (await reader.ReadLine()).Length > 0)
        {
            throw new BadHttpException(400, "A chunk of the body is longer than it says.");
        }

        IsRead = left == 0 && !head.IsChunked;
        return count;
    }

    private async Task<bool> NextChunk()
    {
        var size = (await reader.ReadLine()).Split(';')[0].Trim();
        if (!long.TryParse(size, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out left) || left < 0)
        {
            throw new BadHttpException(400, "The size of a chunk is not a number.");
        }

        if (left > 0)
        {
            return true;
        }

        // What may follow the last chunk is of no use here.
        for (var length = 0; await reader.ReadLine() is { Length: > 0 } line; )
        {
            length += line.Length;
            if (length > RequestReader.HeadLimit)
            {
                throw new BadHttpException(431, $"What follows the last chunk is larger than {RequestReader.HeadLimit / 1024} KB.");
            }
        }

        return false;
    }
}
