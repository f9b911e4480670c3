using System;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Sockets;

namespace Membrane.Client.Schemas.Values;

/// <summary>The formats that can be checked: those of RFC 3339, 3986, 4122 and 5321 that scripts meet.</summary>
internal static class TextFormats
{
    private const int LongestLocalPart = 64;
    private const string LocalPartSymbols = "!#$%&'*+-/=?^_`{|}~.";

    public static Predicate<string>? Find(string format) =>
        format switch
        {
            "date-time" => IsDateTime,
            "date" => IsDate,
            "time" => IsTime,
            "email" => IsEmail,
            "uri" => IsUri,
            "uuid" => IsUuid,
            "ipv4" => IsIPv4,
            "ipv6" => IsIPv6,
            _ => null,
        };

    private static bool IsDateTime(string text) =>
        text.Length > 11 && text[10] is 'T' or 't' && IsDate(text.Substring(0, 10)) && IsTime(text.Substring(11));

    private static bool IsDate(string text) =>
        IsAscii(text) && DateTime.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool IsTime(string text)
    {
        if (text.Length < 9 || text[2] != ':' || text[5] != ':')
        {
            return false;
        }

        var zone = text.IndexOfAny(['Z', 'z', '+', '-'], 8);
        if (zone < 0 || !IsFraction(text.Substring(8, zone - 8)) || !TryOffset(text.Substring(zone), out var offset))
        {
            return false;
        }

        if (!TryNumber(text, 0, 23, out var hour) || !TryNumber(text, 3, 59, out var minute) || !TryNumber(text, 6, 60, out var second))
        {
            return false;
        }
        // A leap second is the last one of a day, of the world's time.
        const int day = 24 * 60;
        return second < 60 || ((hour * 60) + minute - offset + day) % day == day - 1;
    }

    private static bool IsFraction(string text) => text.Length == 0 || (text.Length > 1 && text[0] == '.' && text.Skip(1).All(IsDigit));

    private static bool TryOffset(string text, out int minutes)
    {
        minutes = 0;
        if (text is "Z" or "z")
        {
            return true;
        }

        if (text.Length != 6 || text[3] != ':' || !TryNumber(text, 1, 23, out var hour) || !TryNumber(text, 4, 59, out var minute))
        {
            return false;
        }

        minutes = (text[0] == '-' ? -1 : 1) * ((hour * 60) + minute);
        return true;
    }

    private static bool TryNumber(string text, int start, int largest, out int number)
    {
        number = 0;
        if (!IsDigit(text[start]) || !IsDigit(text[start + 1]))
        {
            return false;
        }

        number = ((text[start] - '0') * 10) + text[start + 1] - '0';
        return number <= largest;
    }

    private static bool IsEmail(string text)
    {
        var at = text.LastIndexOf('@');
        if (at < 1 || at > LongestLocalPart || !IsAscii(text))
        {
            return false;
        }

        return IsLocalPart(text.Substring(0, at)) && IsMailHost(text.Substring(at + 1));
    }

    private static bool IsLocalPart(string local)
    {
        if (local.Length > 2 && local[0] == '"' && local[local.Length - 1] == '"')
        {
            return local.IndexOf('"', 1) == local.Length - 1 && !local.Any(char.IsControl);
        }

        return local[0] != '.'
            && local[local.Length - 1] != '.'
            && !local.Contains("..")
            && local.All(letter => IsLetterOrDigit(letter) || LocalPartSymbols.Contains(letter));
    }

    private static bool IsMailHost(string host)
    {
        if (host.StartsWith("[IPv6:", StringComparison.Ordinal) && host[host.Length - 1] == ']')
        {
            return IsIPv6(host.Substring(6, host.Length - 7));
        }

        if (host.Length > 2 && host[0] == '[' && host[host.Length - 1] == ']')
        {
            return IsIPv4(host.Substring(1, host.Length - 2));
        }

        return host.Length < 254
            && host.Split('.')
                .All(label =>
                    label.Length is > 0 and < 64
                    && label[0] != '-'
                    && label[label.Length - 1] != '-'
                    && label.All(letter => IsLetterOrDigit(letter) || letter == '-')
                );
    }

    private static bool IsUri(string text) =>
        IsAscii(text)
        && text.Length > 0
        && IsLetterOrDigit(text[0])
        && text.IndexOf(':') > 0
        && text.All(letter => letter > ' ' && letter != 127 && !"<>\"{}|\\^`".Contains(letter))
        && Uri.TryCreate(text, UriKind.Absolute, out _)
        && Uri.IsWellFormedUriString(text, UriKind.Absolute);

    private static bool IsUuid(string text) => Guid.TryParseExact(text, "D", out _) && text.Length == 36;

    private static bool IsIPv4(string text)
    {
        var parts = text.Split('.');
        return parts.Length == 4
            && parts.All(part =>
                part.Length is > 0 and < 4
                && part.All(IsDigit)
                && (part.Length == 1 || part[0] != '0')
                && int.Parse(part, CultureInfo.InvariantCulture) < 256
            );
    }

    private static bool IsIPv6(string text) =>
        text.All(letter => IsHexadecimal(letter) || letter is ':' or '.')
        && IPAddress.TryParse(text, out var address)
        && address.AddressFamily == AddressFamily.InterNetworkV6
        && (text.IndexOf('.') < 0 || IsIPv4(text.Substring(text.LastIndexOf(':') + 1)));

    private static bool IsAscii(string text) => text.All(letter => letter < 128);

    private static bool IsDigit(char letter) => letter is >= '0' and <= '9';

    private static bool IsLetterOrDigit(char letter) => IsDigit(letter) || letter is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');

    private static bool IsHexadecimal(char letter) => IsDigit(letter) || letter is (>= 'a' and <= 'f') or (>= 'A' and <= 'F');
}
