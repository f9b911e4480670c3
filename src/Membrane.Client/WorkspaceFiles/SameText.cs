using System;

namespace Membrane.Client.WorkspaceFiles;

/// <summary>Whether two files say the same: tools for source code change the ends of lines, and put a mark before the first.</summary>
internal static class SameText
{
    public static bool Is(byte[] first, byte[] second)
    {
        if (first.AsSpan().SequenceEqual(second))
        {
            return true;
        }

        // What has a zero in it is not text.
        if (Array.IndexOf(first, (byte)0) >= 0 || Array.IndexOf(second, (byte)0) >= 0)
        {
            return false;
        }

        var one = Start(first);
        var other = Start(second);
        while (true)
        {
            Skip(first, ref one);
            Skip(second, ref other);
            if (one == first.Length || other == second.Length)
            {
                return one == first.Length && other == second.Length;
            }

            if (first[one++] != second[other++])
            {
                return false;
            }
        }
    }

    private static int Start(byte[] text) => text.Length >= 3 && text[0] == 0xEF && text[1] == 0xBB && text[2] == 0xBF ? 3 : 0;

    private static void Skip(byte[] text, ref int position)
    {
        if (position + 1 < text.Length && text[position] == '\r' && text[position + 1] == '\n')
        {
            position++;
        }
    }
}
