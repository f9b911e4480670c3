using System;
using System.IO;
using System.Text;
using System.Threading.Tasks;

namespace Membrane.Emulator.Server;

/// <summary>Reads requests from a connection, one after another.</summary>
internal sealed class RequestReader(Stream stream)
{
    /// <summary>How large the request line and the headers may be together.</summary>
    public const int HeadLimit = 64 * 1024;

    private byte[] buffer = new byte[4096];
    private int start;
    private int end;

    /// <summary>The origin in what has been read of a head; null if there is none.</summary>
    public string? Origin => RequestHead.Find("Origin", buffer, start, end - start);

    /// <summary>Reads the next head; null when the client has no further request.</summary>
    /// <exception cref="BadHttpException">It is too large, or not HTTP.</exception>
    /// <exception cref="IOException">The connection ended within it.</exception>
    public async Task<RequestHead?> ReadHead()
    {
        var searched = 0;
        while (true)
        {
            while (searched == 0 && start < end && buffer[start] is (byte)'\r' or (byte)'\n')
            {
                start++;
            }

            var length = LengthOfHead(searched);
            if (length > 0)
            {
                var head = RequestHead.Parse(buffer, start, length);
                start += length;
                return head;
            }

            searched = end - start;
            if (searched >= HeadLimit)
            {
                throw new BadHttpException(431, $"The request line and the headers are larger than {HeadLimit / 1024} KB.");
            }

            if (!await Fill())
            {
                return searched == 0 ? null : throw new EndOfStreamException("The connection ended within a request.");
            }
        }
    }

    /// <summary>Reads bytes of a body; 0 if the connection has ended.</summary>
    public async Task<int> Read(byte[] target, int count)
    {
        if (start == end)
        {
            return await stream.ReadAsync(target, 0, count);
        }

        count = Math.Min(count, end - start);
        Buffer.BlockCopy(buffer, start, target, 0, count);
        start += count;
        return count;
    }

    /// <summary>Reads a line between the chunks of a body.</summary>
    /// <exception cref="BadHttpException">It is too long, or the connection has ended.</exception>
    public async Task<string> ReadLine()
    {
        while (true)
        {
            var at = Array.IndexOf(buffer, (byte)'\n', start, end - start);
            if (at >= 0)
            {
                var line = Encoding.ASCII.GetString(buffer, start, at - start).TrimEnd('\r');
                start = at + 1;
                return line;
            }

            if (end - start > 4096 || !await Fill())
            {
                throw new BadHttpException(400, "The chunks of the body are not what they should be.");
            }
        }
    }

    private int LengthOfHead(int searched)
    {
        for (var at = start + Math.Max(0, searched - 3); at < end; at++)
        {
            if (buffer[at] != '\n')
            {
                continue;
            }

            if (at + 1 < end && buffer[at + 1] == '\n')
            {
                return at + 2 - start;
            }

            if (at + 2 < end && buffer[at + 1] == '\r' && buffer[at + 2] == '\n')
            {
                return at + 3 - start;
            }
        }

        return 0;
    }

    private async Task<bool> Fill()
    {
        if (start > 0)
        {
            Buffer.BlockCopy(buffer, start, buffer, 0, end - start);
            (start, end) = (0, end - start);
        }

        if (end == buffer.Length)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
        }

        var count = await stream.ReadAsync(buffer, end, buffer.Length - end);
        end += count;
        return count > 0;
    }
}
