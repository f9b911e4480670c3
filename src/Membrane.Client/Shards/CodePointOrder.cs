using System.Collections.Generic;

namespace Membrane.Client.Shards;

/// <summary>The order of texts by their code points, which is that of their bytes in UTF-8, whatever the culture.</summary>
internal sealed class CodePointOrder : IComparer<string>
{
    public static CodePointOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        var left = x ?? string.Empty;
        var right = y ?? string.Empty;
        var at = 0;
        while (at < left.Length && at < right.Length && left[at] == right[at])
        {
            at++;
        }

        if (at == left.Length || at == right.Length)
        {
            return left.Length.CompareTo(right.Length);
        }

        // Pairs of surrogates are above all other letters as code points, but not as units of UTF-16.
        return char.IsSurrogate(left[at]) == char.IsSurrogate(right[at])
            ? left[at].CompareTo(right[at])
            : char.IsSurrogate(left[at]).CompareTo(char.IsSurrogate(right[at]));
    }
}
