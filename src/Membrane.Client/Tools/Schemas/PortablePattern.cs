using System;
using Membrane.Client.Schemas.Patterns;

namespace Membrane.Client.Tools.Schemas;

/// <summary>
/// Which patterns compile in the engine of every vendor, and mean the same there. Some have neither look-around nor back references nor
/// classes of Unicode, some take no more than 1,000 repetitions, and in some a set can hold further sets.
/// </summary>
internal static class PortablePattern
{
    private const int MaxRepetitions = 1000;
    private const string ClassEscapes = "dDwWsS";
    private const string OtherEscapes = "bBnrt";

    /// <summary>Whether a pattern is one of ECMAScript and every vendor takes it.</summary>
    public static bool Takes(string pattern)
    {
        try
        {
            _ = new SchemaPattern(pattern);
        }
        catch (ArgumentException)
        {
            return false;
        }

        var isInSet = false;
        for (var index = 0; index < pattern.Length; index++)
        {
            var next = index + 1 < pattern.Length ? pattern[index + 1] : '\0';
            switch (pattern[index])
            {
                case '\\':
                    if (!IsEscape(next, isInSet))
                    {
                        return false;
                    }

                    index++;
                    break;
                case '[' when isInSet:
                case '&' or '~' or '-' when isInSet && next == pattern[index]:
                case '(' when !isInSet && next == '?' && (index + 2 >= pattern.Length || pattern[index + 2] != ':'):
                case ']' or '}' when !isInSet:
                    return false;
                case '[':
                    isInSet = true;
                    index += next == '^' ? 1 : 0;
                    if (index + 1 < pattern.Length && pattern[index + 1] == ']')
                    {
                        return false;
                    }

                    break;
                case ']':
                    isInSet = false;
                    break;
                case '{' when !isInSet:
                    var end = pattern.IndexOf('}', index);
                    if (end < 0 || !IsCount(pattern.Substring(index + 1, end - index - 1)) || IsRepeated(pattern, end))
                    {
                        return false;
                    }

                    index = end;
                    break;
                case '*' or '+' or '?' when !isInSet && next is '*' or '+':
                    return false;
            }
        }

        return true;
    }

    private static bool IsRepeated(string pattern, int end) => end + 1 < pattern.Length && pattern[end + 1] is '*' or '+' or '{';

    private static bool IsEscape(char escaped, bool isInSet) =>
        ClassEscapes.IndexOf(escaped) >= 0
        || (OtherEscapes.IndexOf(escaped) >= 0 && !(isInSet && escaped is 'b' or 'B'))
        || (escaped is > ' ' and < '\u007f' and not '_' && !char.IsLetterOrDigit(escaped));

    private static bool IsCount(string text)
    {
        var limits = text.Split(',');
        return limits.Length <= 2
            && int.TryParse(limits[0], out var least)
            && least is >= 0 and <= MaxRepetitions
            && (
                limits.Length == 1
                || limits[1].Length == 0
                || (int.TryParse(limits[1], out var most) && most >= least && most <= MaxRepetitions)
            );
    }
}
