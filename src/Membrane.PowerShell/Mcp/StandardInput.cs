using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace Membrane.PowerShell.Mcp;

/// <summary>
/// The lines of standard input. Where the host was started with -Command or -File, it reads them itself and passes them on as $input;
/// reading them beside it would lose some. With -InputFormat None, and elsewhere, they are read here.
/// </summary>
internal static class StandardInput
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="input">What the variable $input holds where the command was called.</param>
    public static IEnumerable<string> ReadLines(object? input)
    {
        var isHosts = false;
        if (input is IEnumerator passedOn)
        {
            while (passedOn.MoveNext())
            {
                isHosts = true;
                yield return Decode(passedOn.Current?.ToString() ?? string.Empty);
            }
        }

        if (isHosts)
        {
            yield break;
        }

        using var reader = new StreamReader(Console.OpenStandardInput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    // On Windows the host takes the bytes for text of the console's code page; they are UTF-8.
    private static string Decode(string line)
    {
        var encoding = Console.InputEncoding;
        if (encoding.CodePage == StrictUtf8.CodePage)
        {
            return line;
        }

        try
        {
            return StrictUtf8.GetString(encoding.GetBytes(line));
        }
        catch (DecoderFallbackException)
        {
            return line;
        }
    }
}
