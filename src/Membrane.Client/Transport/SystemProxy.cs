using System;
using System.Net;
#if NET
using System.Net.Http;
#endif

namespace Membrane.Client.Transport;

/// <summary>The proxy of the system or of the environment, with credentials that they do not have. Loopback addresses go without.</summary>
/// <param name="credentials">Who to be for it.</param>
internal sealed class SystemProxy(ICredentials credentials) : IWebProxy
{
    /// <summary>The proxy as the framework finds it; null where it finds none.</summary>
#if NET
    public static IWebProxy? Default => HttpClient.DefaultProxy;
#else
    public static IWebProxy? Default => WebRequest.DefaultWebProxy;
#endif

    public ICredentials? Credentials { get; set; } = credentials;

#if NET
    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : Default!.GetProxy(destination);
#else
    public Uri GetProxy(Uri destination) => IsBypassed(destination) ? destination : Default!.GetProxy(destination);
#endif

    public bool IsBypassed(Uri host) => host.IsLoopback || Default?.IsBypassed(host) != false;
}
