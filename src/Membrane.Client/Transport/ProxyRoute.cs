using System;

namespace Membrane.Client.Transport;

/// <summary>Finds the proxy that a request goes through.</summary>
internal static class ProxyRoute
{
    /// <summary>Returns the proxy, without a user name; null where there is none, or a client of the caller's own decides.</summary>
    public static Uri? Find(MembraneClientOptions options, Uri address)
    {
        if ((options.HttpClient ?? (object?)options.HttpMessageHandler) is not null)
        {
            return null;
        }

        var proxy = options.Proxy ?? (options.ApiUri.IsLoopback ? null : SystemProxy.Default);
        return proxy is not null && !proxy.IsBypassed(address) && proxy.GetProxy(address) is { } found && found != address
            ? new Uri(found.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped))
            : null;
    }
}
