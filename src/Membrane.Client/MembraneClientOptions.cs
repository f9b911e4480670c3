using System;
using System.Net;
using Membrane.Client.Authentication;
using Membrane.Client.Json;
using Membrane.Client.Transport;

namespace Membrane.Client;

/// <summary>How a client talks to Membrane.</summary>
public sealed class MembraneClientOptions
{
    /// <summary>The address of the public service.</summary>
    public static Uri DefaultApiUri { get; } = new("https://api.getmembrane.com");

    /// <summary>The address of the API: https, or http on a loopback address. Default <see cref="DefaultApiUri"/>.</summary>
    public Uri ApiUri { get; init; } = DefaultApiUri;

    /// <summary>Where tokens come from. Required.</summary>
    public ITokenSource TokenSource { get; init; } = null!;

    /// <summary>
    /// The longest time for one try of one request, from sending to the end of the answer, at most a day. Default 100 s.
    /// A request that the service holds back gets that much on top of the wait.
    /// </summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>When a request is tried again.</summary>
    public RetryPolicy RetryPolicy { get; init; } = new();

    /// <summary>The proxy; null for the system's.</summary>
    public IWebProxy? Proxy { get; init; }

    /// <summary>What JSON objects look like in memory. Default: dictionaries.</summary>
    public IObjectAdapter ObjectModel { get; init; } = DictionaryObjectAdapter.Instance;

    /// <summary>The value of the header <c>membrane-api-version</c>; null to send none. Default: what the vendor's SDK sends.</summary>
    public string? ApiVersion { get; init; } = "2025-10-21";

    /// <summary>The name and version for the User-Agent header.</summary>
    public string UserAgent { get; init; } = "Membrane.Client/" + typeof(MembraneClientOptions).Assembly.GetName().Version!.ToString(3);
}
