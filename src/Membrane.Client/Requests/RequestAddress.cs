using System;
using System.Linq;
using Membrane.Client.Json;

namespace Membrane.Client.Requests;

/// <summary>Turns a path that a person typed into one below an address, and refuses whatever would lead elsewhere.</summary>
internal static class RequestAddress
{
    // Longer than any server takes.
    private const int MaxLength = 16_000;

    /// <summary>The path and query, escaped, relative to the base address of the API.</summary>
    /// <param name="baseAddress">The base address of the API, with a slash at the end.</param>
    /// <param name="prefix">The path that must not be left, escaped, relative to the base address; empty for the base address
    /// itself.</param>
    /// <param name="path">What was typed: a relative path, or where there is no prefix an address of the same host.</param>
    /// <exception cref="MembraneInputException">It leads elsewhere.</exception>
    public static string Resolve(Uri baseAddress, string prefix, string? path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw Refuse("is empty");
        }

        if (path!.Length > MaxLength)
        {
            throw Refuse($"is longer than {MaxLength} characters");
        }

        if (path.Any(static c => c == '\\' || char.IsControl(c)))
        {
            throw Refuse("contains a backslash or a control character");
        }

        _ = LenientJsonText.Check(path, "Path");
        if (path.IndexOf('#') >= 0)
        {
            throw Refuse("contains a '#', after which nothing would be sent; write it as %23");
        }

        var top = new Uri(baseAddress, prefix);
        var isAddress = IsAddress(path);
        if (isAddress && prefix.Length > 0)
        {
            throw Refuse("is a whole address; the connection knows the address of its app");
        }

        if (!isAddress && path.StartsWith("//", StringComparison.Ordinal))
        {
            throw Refuse("begins with two slashes and so names a host");
        }

        // Joined as text: resolving it as a relative address would let it choose another host.
        var text = isAddress ? path : top.AbsoluteUri + path.TrimStart('/');
        if (!Uri.TryCreate(text, UriKind.Absolute, out var target))
        {
            throw Refuse("is not an address");
        }

        if (target.Scheme != baseAddress.Scheme || target.Authority != baseAddress.Authority || target.UserInfo.Length > 0)
        {
            throw Refuse(
                $"leads to another host than {baseAddress.GetLeftPart(UriPartial.Authority)}, which must not get the token of this sign-in"
            );
        }

        if (
            !target.AbsolutePath.StartsWith(top.AbsolutePath, StringComparison.Ordinal)
            || (prefix.Length > 0 && Climbs(target.AbsolutePath.Substring(top.AbsolutePath.Length)))
        )
        {
            throw Refuse($"leads out of {top.AbsolutePath}");
        }

        // Behind the base address, two slashes would name a host, and one would leave the base address.
        var relative = EscapeScheme(target.PathAndQuery.Substring(baseAddress.AbsolutePath.Length));
        return relative.StartsWith("/", StringComparison.Ordinal)
            ? throw Refuse("has several slashes behind the address of the API")
            : relative;
    }

    // 'key:1/x' alone would be read as an address of the scheme 'key'.
    private static string EscapeScheme(string relative)
    {
        var colon = relative.IndexOf(':');
        var end = relative.IndexOfAny(['/', '?']);
        return colon >= 0 && (end < 0 || colon < end) ? relative.Remove(colon, 1).Insert(colon, "%3A") : relative;
    }

    private static bool IsAddress(string path)
    {
        var colon = path.IndexOf("://", StringComparison.Ordinal);
        return colon > 0 && path.Take(colon).All(static c => char.IsLetterOrDigit(c) || c is '+' or '.' or '-');
    }

    // A server may unescape a path before it follows it.
    private static bool Climbs(string path) => Uri.UnescapeDataString(path).Split('/', '\\').Any(static segment => segment is "." or "..");

    private static MembraneInputException Refuse(string why) =>
        new(
            ErrorIds.InvalidInput,
            "Path",
            $"The value of Path {why}.",
            "Pass a path of the API such as /connections, with query parameters in Query."
        );
}
