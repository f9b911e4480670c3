namespace Membrane.Emulator.Control;

/// <summary>Patterns in which <c>*</c> stands for any characters.</summary>
internal static class Wildcard
{
    public static bool Matches(string pattern, string text)
    {
        var patternIndex = 0;
        var textIndex = 0;
        var star = -1;
        var retry = 0;
        while (textIndex < text.Length)
        {
            if (patternIndex < pattern.Length && pattern[patternIndex] == '*')
            {
                star = patternIndex++;
                retry = textIndex;
            }
            else if (patternIndex < pattern.Length && pattern[patternIndex] == text[textIndex])
            {
                patternIndex++;
                textIndex++;
            }
            else if (star >= 0)
            {
                patternIndex = star + 1;
                textIndex = ++retry;
            }
            else
            {
                return false;
            }
        }

        while (patternIndex < pattern.Length && pattern[patternIndex] == '*')
        {
            patternIndex++;
        }

        return patternIndex == pattern.Length;
    }
}
