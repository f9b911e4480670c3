using System;
using System.Globalization;
using System.Text;

namespace Membrane.Client.Schemas.Patterns;

/// <summary>
/// Rewrites a regular expression of ECMAScript (with its u flag) for .NET, whose own ECMAScript mode does not support Unicode.
/// What ECMAScript does not have is refused rather than given the meaning that .NET has for it.
/// </summary>
internal sealed class PatternTranslator(string source, bool seesSurrogates)
{
    private const int DeepestGroup = 200;
    private const int LongestPattern = 20_000;
    private const string WordCharacter = "[A-Za-z0-9_]";

    private readonly StringBuilder translation = new();
    private int position;

    private bool AtEnd => position >= source.Length;

    /// <exception cref="ArgumentException">The pattern is not one of ECMAScript.</exception>
    public string Translate()
    {
        if (source.Length > LongestPattern)
        {
            throw new ArgumentException($"it is longer than {LongestPattern} characters");
        }

        var depth = 0;
        while (!AtEnd)
        {
            var letter = source[position];
            switch (letter)
            {
                case '\\':
                    TranslateEscape();
                    break;
                case '[':
                    position++;
                    translation.Append(ReadClass().ToPattern(seesSurrogates));
                    break;
                case '.':
                    position++;
                    translation.Append(CharacterSet.AnyButLineEnd.ToPattern(seesSurrogates));
                    break;
                case '$':
                    position++;
                    translation.Append("\\z");
                    break;
                case '(':
                    if (++depth > DeepestGroup)
                    {
                        throw new ArgumentException("its groups are nested too deeply");
                    }

                    TranslateGroupStart();
                    break;
                case ')':
                    depth--;
                    Copy();
                    break;
                case '{':
                    TranslateBrace();
                    break;
                case '^' or '*' or '+' or '?' or '|':
                    Copy();
                    break;
                default:
                    AppendLiteral(ReadCodePoint());
                    break;
            }
        }

        return translation.ToString();
    }

    private void Copy() => translation.Append(source[position++]);

    private void TranslateBrace()
    {
        var end = FindCountEnd();
        if (end > 0)
        {
            translation.Append(source, position, end - position);
            position = end;
        }
        else
        {
            AppendLiteral(ReadCodePoint());
        }
    }

    // Behind {3}, {3,} or {3,5}; 0 where the brace stands for itself.
    private int FindCountEnd()
    {
        var next = SkipDigits(position + 1);
        if (next == position + 1)
        {
            return 0;
        }

        if (next < source.Length && source[next] == ',')
        {
            next = SkipDigits(next + 1);
        }

        return next < source.Length && source[next] == '}' ? next + 1 : 0;
    }

    private int SkipDigits(int from)
    {
        while (from < source.Length && source[from] is >= '0' and <= '9')
        {
            from++;
        }

        return from;
    }

    private void TranslateGroupStart()
    {
        if (position + 1 >= source.Length || source[position + 1] != '?')
        {
            Copy();
            return;
        }

        foreach (var start in new[] { "(?:", "(?=", "(?!", "(?<=", "(?<!" })
        {
            if (string.CompareOrdinal(source, position, start, 0, start.Length) != 0)
            {
                continue;
            }

            translation.Append(start);
            position += start.Length;
            return;
        }

        if (position + 2 >= source.Length || source[position + 2] != '<')
        {
            throw NotEcmaScript("(?");
        }

        position += 3;
        translation.Append("(?<").Append(ReadGroupName()).Append('>');
    }

    private string ReadGroupName()
    {
        var end = source.IndexOf('>', position);
        if (end < 0)
        {
            throw NotEcmaScript("a group name without an end");
        }

        var name = source.Substring(position, end - position);
        position = end + 1;
        if (name.Length == 0 || char.IsDigit(name[0]))
        {
            throw NotEcmaScript($"the group name '{name}'");
        }

        foreach (var letter in name)
        {
            if (!char.IsLetterOrDigit(letter) && letter != '_')
            {
                throw NotEcmaScript($"the group name '{name}'");
            }
        }

        return name;
    }

    private void TranslateEscape()
    {
        position++;
        if (AtEnd)
        {
            throw NotEcmaScript("\\ at the end");
        }

        var letter = source[position];
        switch (letter)
        {
            case 'b':
                position++;
                translation.Append($"(?:(?<={WordCharacter})(?!{WordCharacter})|(?<!{WordCharacter})(?={WordCharacter}))");
                break;
            case 'B':
                position++;
                translation.Append($"(?:(?<={WordCharacter})(?={WordCharacter})|(?<!{WordCharacter})(?!{WordCharacter}))");
                break;
            case 'k':
                position++;
                if (AtEnd || source[position] != '<')
                {
                    throw NotEcmaScript("\\k without a group name");
                }

                position++;
                AppendBackReference(ReadGroupName(), name => $"\\k<{name}>");
                break;
            case >= '1' and <= '9':
                AppendBackReference(ReadDigits(), number => $"\\{number}");
                break;
            default:
                if (TryReadClassEscape() is { } set)
                {
                    translation.Append(set.ToPattern(seesSurrogates));
                }
                else
                {
                    AppendLiteral(ReadEscapedCodePoint());
                }

                break;
        }
    }

    // A group that took no part matches nothing at all in .NET, and the empty text in ECMAScript.
    private void AppendBackReference(string group, Func<string, string> reference) =>
        translation.Append("(?(").Append(group).Append(')').Append(reference(group)).Append("|)");

    private string ReadDigits()
    {
        var start = position;
        while (!AtEnd && char.IsDigit(source[position]))
        {
            position++;
        }

        return source.Substring(start, position - start);
    }

    private CharacterSet ReadClass()
    {
        var set = new CharacterSet();
        if (!AtEnd && source[position] == '^')
        {
            set.IsNegated = true;
            position++;
        }

        while (true)
        {
            if (AtEnd)
            {
                throw NotEcmaScript("[ without ]");
            }

            if (source[position] == ']')
            {
                break;
            }

            var low = ReadClassMember(set);
            if (low is null || position + 1 >= source.Length || source[position] != '-' || source[position + 1] == ']')
            {
                if (low is { } single)
                {
                    set.Add(single, single);
                }

                continue;
            }

            position++;
            var high = ReadClassMember(set);
            if (high is null)
            {
                set.Add(low.Value, low.Value);
                set.Add('-', '-');
                continue;
            }

            if (high < low)
            {
                throw NotEcmaScript("a range whose end comes before its start");
            }

            set.Add(low.Value, high.Value);
        }

        position++;
        return set;
    }

    /// <summary>A single code point, or null where a whole set was added.</summary>
    private int? ReadClassMember(CharacterSet set)
    {
        if (source[position] != '\\')
        {
            return ReadCodePoint();
        }

        position++;
        if (AtEnd)
        {
            throw NotEcmaScript("[ without ]");
        }

        if (source[position] == 'b')
        {
            position++;
            return '\b';
        }

        if (TryReadClassEscape() is not { } escaped)
        {
            return ReadEscapedCodePoint();
        }

        set.Add(escaped);
        return null;
    }

    private CharacterSet? TryReadClassEscape()
    {
        var letter = source[position];
        switch (letter)
        {
            case 'd' or 'D' or 'w' or 'W' or 's' or 'S':
                position++;
                return CharacterSet.ForEscape(letter);
            case 'p' or 'P':
                var end = source.IndexOf('}', position);
                if (end < 0 || source[position + 1] != '{')
                {
                    throw NotEcmaScript($"\\{letter} without a name in braces");
                }

                var name = source.Substring(position + 2, end - position - 2);
                position = end + 1;
                return CharacterSet.ForProperty(name, letter == 'P');
            default:
                return null;
        }
    }

    private int ReadEscapedCodePoint()
    {
        var letter = source[position++];
        switch (letter)
        {
            case 't':
                return '\t';
            case 'n':
                return '\n';
            case 'v':
                return '\v';
            case 'f':
                return '\f';
            case 'r':
                return '\r';
            case '0' when AtEnd || !char.IsDigit(source[position]):
                return 0;
            case 'c' when !AtEnd && IsAsciiLetter(source[position]):
                return source[position++] % 32;
            case 'x':
                return ReadHexadecimal(2);
            case 'u':
                return ReadUnicodeEscape();
        }

        if (IsAsciiLetter(letter) || char.IsDigit(letter))
        {
            throw NotEcmaScript("\\" + letter);
        }

        position--;
        return ReadCodePoint();
    }

    private int ReadUnicodeEscape()
    {
        if (!AtEnd && source[position] == '{')
        {
            var end = source.IndexOf('}', position);
            if (end < 0)
            {
                throw NotEcmaScript("\\u{ without }");
            }

            position++;
            var codePoint = ReadHexadecimal(end - position);
            position++;
            return codePoint <= CharacterSet.LastCodePoint ? codePoint : throw NotEcmaScript("a code point beyond 10FFFF");
        }

        var first = ReadHexadecimal(4);
        if (!char.IsHighSurrogate((char)first) || string.CompareOrdinal(source, position, "\\u", 0, 2) != 0)
        {
            return first;
        }

        var start = position;
        position += 2;
        if (position + 4 <= source.Length && source[position] != '{')
        {
            var second = ReadHexadecimal(4);
            if (char.IsLowSurrogate((char)second))
            {
                return char.ConvertToUtf32((char)first, (char)second);
            }
        }

        position = start;
        return first;
    }

    private int ReadHexadecimal(int length)
    {
        if (length is < 1 or > 6 || position + length > source.Length)
        {
            throw NotEcmaScript("a hexadecimal escape without its digits");
        }

        var digits = source.Substring(position, length);
        if (!int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            throw NotEcmaScript("a hexadecimal escape without its digits");
        }

        position += length;
        return value;
    }

    private int ReadCodePoint()
    {
        var letter = source[position++];
        if (!char.IsHighSurrogate(letter) || AtEnd || !char.IsLowSurrogate(source[position]))
        {
            return letter;
        }

        return char.ConvertToUtf32(letter, source[position++]);
    }

    private void AppendLiteral(int codePoint)
    {
        if (codePoint > char.MaxValue || (seesSurrogates && char.IsSurrogate((char)codePoint)))
        {
            var set = new CharacterSet();
            set.Add(codePoint, codePoint);
            translation.Append(set.ToPattern(seesSurrogates));
        }
        else
        {
            CharacterSet.AppendUnit(translation, codePoint);
        }
    }

    private static bool IsAsciiLetter(char letter) => letter is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');

    private static ArgumentException NotEcmaScript(string what) => new($"{what} is not valid in ECMAScript");
}
