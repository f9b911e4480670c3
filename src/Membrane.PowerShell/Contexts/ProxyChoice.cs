using System;
using System.Net;
using Membrane.Client.Transport;

namespace Membrane.PowerShell.Contexts;

/// <summary>Makes a proxy of what the parameters of a command say.</summary>
internal static class ProxyChoice
{
    /// <summary>Returns the proxy; one without an address means none, and null means that of the system.</summary>
    /// <exception cref="MembraneInputException">The parameters contradict each other, or the address is not that of a proxy.</exception>
    public static IWebProxy? Make(MembraneSignInCommand command)
    {
        if (command.NoProxy && (command.Proxy ?? (object?)command.ProxyCredential) is not null)
        {
            throw Refuse(
                nameof(command.NoProxy),
                "NoProxy says that no proxy is used, and another parameter is for one.",
                "Leave out one of them."
            );
        }

        if (command.Proxy is not { } address)
        {
            return command.NoProxy ? new WebProxy()
                : command.ProxyCredential is { } credential ? new SystemProxy(credential.GetNetworkCredential())
                : null;
        }

        if (!address.IsAbsoluteUri || address.Host.Length == 0 || !IsScheme(address.Scheme))
        {
            throw Refuse(
                nameof(command.Proxy),
                "The value of Proxy is not the address of a proxy.",
                "Pass an address such as http://proxy.example:8080."
            );
        }

        // Handlers heed credentials alone. In the address they would also stand in messages of the framework.
        var place = new Uri(address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped));
        return new WebProxy(place) { Credentials = command.ProxyCredential?.GetNetworkCredential() ?? Credentials(address.UserInfo) };
    }

    private static NetworkCredential? Credentials(string userInfo)
    {
        if (userInfo.Length == 0)
        {
            return null;
        }

        var colon = userInfo.IndexOf(':');
        return colon < 0
            ? new NetworkCredential(Uri.UnescapeDataString(userInfo), string.Empty)
            : new NetworkCredential(
                Uri.UnescapeDataString(userInfo.Substring(0, colon)),
                Uri.UnescapeDataString(userInfo.Substring(colon + 1))
            );
    }

    private static bool IsScheme(string scheme) => scheme is "http" or "https" or "socks4" or "socks4a" or "socks5";

    private static MembraneInputException Refuse(string parameter, string why, string advice) =>
        new(ErrorIds.InvalidInput, parameter, why, advice);
}
