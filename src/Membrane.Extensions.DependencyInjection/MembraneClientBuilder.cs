using System;
using System.Net.Http;
using Membrane.Client;
using Membrane.Client.Transport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Membrane.Extensions.DependencyInjection;

/// <summary>Makes the client that was registered under a name.</summary>
internal static class MembraneClientBuilder
{
    public static string HttpClientName(string name) => name.Length == 0 ? nameof(MembraneClient) : nameof(MembraneClient) + "-" + name;

    /// <exception cref="MembraneInputException">An option is missing or wrong; the message names it.</exception>
    public static MembraneClient Build(IServiceProvider provider, string name)
    {
        var options = provider.GetRequiredService<IOptionsMonitor<MembraneClientOptions>>().Get(name).Copy();
        if (options.HttpClient is null && options.HttpMessageHandler is null)
        {
            // It belongs to the factory, whose handler has the proxy already.
            options.HttpClient = provider.GetRequiredService<IHttpClientFactory>().CreateClient(HttpClientName(name));
            options.Proxy = null;
        }

        var logger = provider.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(MembraneClient).FullName!);
        options.Observer = options.Observer is null
            ? new RequestLogger(logger)
            : new ObserverPair(new RequestLogger(logger), options.Observer);
        return new MembraneClient(options);
    }
}
