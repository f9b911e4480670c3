using System;
using System.Net;
using Membrane.Client.Json;
using Membrane.Client.Tokens;

namespace Membrane.Client.Transport;

/// <summary>How a client talks to Membrane.</summary>
public sealed class MembraneClientOptions
{
    private static readonly TimeSpan LongestRequestTimeout = TimeSpan.FromDays(1);

    /// <summary>The address of the public service.</summary>
    public static Uri DefaultApiUri { get; } = new("https://api.getmembrane.com");

    /// <summary>
    /// The address of the API: https, or http on a loopback address, or on another machine where
    /// <see cref="AllowUnencryptedAuthentication"/> says so. Default <see cref="DefaultApiUri"/>.
    /// </summary>
    public Uri ApiUri { get; set; } = DefaultApiUri;

    /// <summary>
    /// Whether <see cref="ApiUri"/> may be http on another machine, such as an emulator in a container. Tokens and data are then sent
    /// without encryption, for everybody on the way to read. Default false.
    /// </summary>
    public bool AllowUnencryptedAuthentication { get; set; }

    /// <summary>Where tokens come from. Required.</summary>
    public ITokenSource TokenSource { get; set; } = null!;

    /// <summary>
    /// The longest time for one try of one request, from sending to the end of the answer, at most a day. Default 100 s.
    /// A request that the service holds back gets that much on top of the wait.
    /// </summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>When a request is tried again.</summary>
    public RetryPolicy RetryPolicy { get; set; } = new();

    /// <summary>The proxy; null for the system's.</summary>
    public IWebProxy? Proxy { get; set; }

    /// <summary>What JSON objects look like in memory. Default: dictionaries.</summary>
    public IObjectAdapter ObjectModel { get; set; } = DictionaryObjectAdapter.Instance;

    /// <summary>The value of the header <c>membrane-api-version</c>; null to send none. Default: what the vendor's SDK sends.</summary>
    public string? ApiVersion { get; set; } = "2025-10-21";

    /// <summary>The name and version for the User-Agent header.</summary>
    public string UserAgent { get; set; } = "Membrane.Client/" + typeof(MembraneClientOptions).Assembly.GetName().Version!.ToString(3);

    /// <summary>Returns the options, if a client can be made of them.</summary>
    /// <exception cref="MembraneInputException">There is no token source, or see <see cref="CheckReach"/>.</exception>
    internal MembraneClientOptions CheckAll() =>
        TokenSource is not null
            ? CheckReach()
            : throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(TokenSource),
                "Nothing says where tokens come from.",
                "Pass a token source."
            );

    /// <summary>Returns the options, if their address can be trusted with a secret and be reached in a sensible time.</summary>
    /// <exception cref="MembraneInputException">
    /// The address is neither https nor http on a loopback address, and http was not allowed, or the time-out is out of range.
    /// </exception>
    internal MembraneClientOptions CheckReach()
    {
        if (RequestTimeout <= TimeSpan.Zero || RequestTimeout > LongestRequestTimeout)
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(RequestTimeout),
                $"A request cannot take {RequestTimeout}.",
                "Allow more than nothing and at most a day."
            );
        }

        var address = ApiUri;
        var isSafe =
            address.IsAbsoluteUri
            && (
                address.Scheme == Uri.UriSchemeHttps
                || (address.Scheme == Uri.UriSchemeHttp && (address.IsLoopback || AllowUnencryptedAuthentication))
            );
        if (
            !isSafe
            || !string.IsNullOrEmpty(address.UserInfo)
            || !string.IsNullOrEmpty(address.Query)
            || !string.IsNullOrEmpty(address.Fragment)
        )
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(ApiUri),
                $"{Shown(address)} is not an address of an API: it must be https (or http on this machine itself), without user name, "
                    + $"query "
                    + $"or fragment.",
                $"The public service is at {DefaultApiUri}. AllowUnencryptedAuthentication allows http on another machine, for tests."
            );
        }

        return this;
    }

    // Neither a password nor what may be a token in a query.
    private static string Shown(Uri address) =>
        address.IsAbsoluteUri
            ? $"'{address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)}'"
            : "A relative address";
}
