using System;
using System.Net;
using System.Net.Sockets;

namespace Membrane.Client.Connections;

/// <summary>The address of an app, as <c>POST /connections/ensure</c> takes it: an http address or a bare domain.</summary>
internal static class AppAddress
{
    private const int MaxLength = 2000;

    /// <summary>Whether a text is meant as an address and not as a name or key.</summary>
    public static bool IsOne(string text) =>
        text.Contains("://") || (text.IndexOf('.') >= 0 && TryReadHost(text, out var host) && IsDomain(host!));

    /// <summary>The address, if it can be one.</summary>
    /// <exception cref="MembraneInputException">It is not valid.</exception>
    public static string Check(string? text, string parameterName)
    {
        var trimmed = text?.Trim() ?? string.Empty;
        var why =
            trimmed.Length == 0 ? "is empty"
            : trimmed.Length > MaxLength ? $"is longer than {MaxLength} characters"
            : !TryReadHost(trimmed, out var host) ? "is neither an http address nor a domain"
            : !IsDomain(host!) ? "names no domain: its host must have a dot and must not be an IP address"
            : null;
        return why is null
            ? trimmed
            : throw new MembraneInputException(
                ErrorIds.InvalidInput,
                parameterName,
                $"The value of {parameterName} is not an address of an app: it {why}.",
                "Pass the address of the app's web site, such as https://slack.com or slack.com."
            );
    }

    private static bool TryReadHost(string text, out string? host)
    {
        var address = text.Contains("://") ? text : "https://" + text;
        var isAddress =
            Uri.TryCreate(address, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
            && uri.UserInfo.Length == 0
            && text.IndexOfAny([' ', '\t', '\r', '\n', '\\']) < 0;
        host = isAddress ? uri!.Host : null;
        return isAddress && host!.Length > 0;
    }

    private static bool IsDomain(string host) =>
        host.IndexOf('.') > 0
        && !host.EndsWith(".", StringComparison.Ordinal)
        && !(
            IPAddress.TryParse(host, out var address) && address.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6
        );
}
