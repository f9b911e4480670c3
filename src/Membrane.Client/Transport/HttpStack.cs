using System;
using System.Net;
using System.Net.Http;

namespace Membrane.Client.Transport;

/// <summary>Makes the HTTP client of one context. Nothing of it is shared with other contexts.</summary>
internal static class HttpStack
{
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    /// <summary>Makes the client of a context. What the caller lends for it, the caller disposes of.</summary>
    public static HttpClient Create(Uri address, MembraneClientOptions options)
    {
        HttpMessageHandler handler =
            options.HttpClient is { } client ? new LentTransport(client)
            : options.HttpMessageHandler is { } lent ? new LentTransport(new HttpMessageInvoker(lent, disposeHandler: false))
            : MakeHandler(address, options.Proxy);
        return new HttpClient(handler, disposeHandler: true)
        {
            BaseAddress = address,
            // Each request has a time-out of its own.
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        };
    }

#if NET
    /// <summary>Makes a handler that follows no redirect, keeps no cookies, and unpacks what is packed.</summary>
    public static SocketsHttpHandler MakeHandler(Uri address, IWebProxy? proxy)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = TimeSpan.FromSeconds(20),
            PooledConnectionLifetime = ConnectionLifetime,
            UseCookies = false,
        };
        if (proxy is not null)
        {
            handler.Proxy = proxy;
        }
        else if (address.IsLoopback)
        {
            handler.UseProxy = false;
        }

        return handler;
    }
#else
    /// <summary>Makes a handler that follows no redirect, keeps no cookies, and unpacks what is packed.</summary>
    public static HttpClientHandler MakeHandler(Uri address, IWebProxy? proxy)
    {
        var handler = new HttpClientHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            UseCookies = false,
        };
        if (proxy is not null)
        {
            handler.Proxy = proxy;
        }
        else if (address.IsLoopback)
        {
            handler.UseProxy = false;
        }

        // Where a process of .NET Framework names versions of TLS, 1.2 must be one of them. Where it leaves the choice to
        // the system, naming one would take 1.3 away from everything else in the process. A no-op elsewhere.
        const SecurityProtocolType SystemDefault = 0;
        if (ServicePointManager.SecurityProtocol != SystemDefault)
        {
            ServicePointManager.SecurityProtocol |= SecurityProtocolType.Tls12;
        }

        // .NET Framework allows two connections to a host and keeps them for ever, unless told otherwise for that host.
        var servicePoint = ServicePointManager.FindServicePoint(address);
        servicePoint.ConnectionLimit = 256;
        servicePoint.ConnectionLeaseTimeout = (int)ConnectionLifetime.TotalMilliseconds;
        servicePoint.Expect100Continue = false;
        servicePoint.UseNagleAlgorithm = false;
        return handler;
    }
#endif
}
