using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Membrane.Client.Mcp;

namespace Membrane.PowerShell.Mcp;

/// <summary>
/// The lines of standard input, in bytes. Where the host was started with -Command or -File, it reads them itself and passes them on as
/// $input; reading them beside it would lose some. With -InputFormat None, and elsewhere, they are read here.
/// </summary>
internal static class StandardInput
{
    /// <summary>Reads the lines; null for one that is longer than a message may be.</summary>
    /// <param name="input">What the variable $input holds where the command was called.</param>
    public static IEnumerable<byte[]?> ReadLines(object? input)
    {
        var isHosts = false;
        if (input is IEnumerator passedOn)
        {
            while (passedOn.MoveNext())
            {
                isHosts = true;
                var line = Encode(passedOn.Current?.ToString() ?? string.Empty);
                yield return line.Length > McpText.MaxBytes ? null : line;
            }
        }

        if (!isHosts)
        {
            using var stream = Console.OpenStandardInput();
            foreach (var line in ReadLines(stream))
            {
                yield return line;
            }
        }
    }

    /// <summary>Reads the lines of a stream; null for one that is longer than a message may be, of which nothing is kept.</summary>
    public static IEnumerable<byte[]?> ReadLines(Stream stream)
    {
        var buffer = new byte[65_536];
        using var line = new MemoryStream();
        var isTooLong = false;
        int count;
        while ((count = stream.Read(buffer, 0, buffer.Length)) > 0)
        {
            var start = 0;
            for (
                var end = Array.IndexOf(buffer, (byte)'\n', 0, count);
                end >= 0;
                end = Array.IndexOf(buffer, (byte)'\n', start, count - start)
            )
            {
                Keep(line, buffer, start, end - start, ref isTooLong);
                yield return Take(line, ref isTooLong);
                start = end + 1;
            }

            Keep(line, buffer, start, count - start, ref isTooLong);
        }

        if (line.Length > 0 || isTooLong)
        {
            yield return Take(line, ref isTooLong);
        }
    }

    private static void Keep(MemoryStream line, byte[] buffer, int start, int count, ref bool isTooLong)
    {
        isTooLong = isTooLong || line.Length + count > McpText.MaxBytes;
        if (isTooLong)
        {
            line.SetLength(0);
            line.Capacity = 0;
        }
        else
        {
            line.Write(buffer, start, count);
        }
    }

    private static byte[]? Take(MemoryStream line, ref bool isTooLong)
    {
        var taken = isTooLong ? null : line.ToArray();
        line.SetLength(0);
        isTooLong = false;
        return taken;
    }

    // On Windows the host takes the bytes for text of the console's code page; they are UTF-8.
    private static byte[] Encode(string line) =>
        (Console.InputEncoding is { CodePage: not 65001 } other ? other : Encoding.UTF8).GetBytes(line);
}
