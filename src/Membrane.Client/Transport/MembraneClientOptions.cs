using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using Membrane.Client.Json;
using Membrane.Client.Tokens;
using Membrane.Client.Transport;

namespace Membrane.Client;

/// <summary>
/// How a client talks to Membrane. A client copies and checks its options when it is made: a later change has no effect on it.
/// </summary>
/// <remarks>
/// Whatever is text, a number or a time can be bound from a configuration, such as <c>Membrane:WorkspaceToken:WorkspaceKey</c>.
/// </remarks>
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

    /// <summary>
    /// Where tokens come from. Exactly one of <see cref="TokenSource"/>, <see cref="WorkspaceToken"/> and <see cref="Token"/> is
    /// required.
    /// </summary>
    public ITokenSource? TokenSource { get; set; }

    /// <summary>What tokens say that are signed here with the key and the secret of a workspace; the short form of a
    /// <see cref="WorkspaceTokenSource"/>.</summary>
    public WorkspaceTokenOptions? WorkspaceToken { get; set; }

    /// <summary>One token, used as it is; the short form of a <see cref="FixedTokenSource"/>.</summary>
    public string? Token { get; set; }

    /// <summary>
    /// The longest time for one try of one request, from sending to the end of the answer, at most a day. Default 100 s.
    /// A request that the service holds back gets that much on top of the wait.
    /// </summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>When a request is tried again.</summary>
    public RetryPolicy RetryPolicy { get; set; } = new();

    /// <summary>The proxy, for a loopback address too; null for the system's, which a loopback address goes without.</summary>
    public IWebProxy? Proxy { get; set; }

    /// <summary>
    /// Sends the requests, in place of connections of the client's own. The caller disposes of it, after the client. Its base address
    /// is not used, and it must not have an Authorization header of its own. Its time-out should be infinite, since
    /// <see cref="RequestTimeout"/> limits each try; a redirect that it follows is an error, since the token is for
    /// <see cref="ApiUri"/> alone. It decides on the proxy, certificates, cookies and decompression.
    /// </summary>
    public HttpClient? HttpClient { get; set; }

    /// <summary>
    /// Sends the requests, as a handler: a <c>SocketsHttpHandler</c> with a certificate, or a fake in a test. The caller disposes of it,
    /// after the client. What <see cref="HttpClient"/> says of redirects and of what it decides holds for it too.
    /// </summary>
    public HttpMessageHandler? HttpMessageHandler { get; set; }

    /// <summary>Is told what goes over the wire; null for no one.</summary>
    public IRequestObserver? Observer { get; set; }

    /// <summary>What JSON objects look like in memory. Default: dictionaries.</summary>
    internal IObjectAdapter ObjectModel { get; init; } = DictionaryObjectAdapter.Instance;

    /// <summary>The value of the header <c>membrane-api-version</c>; null to send none. Default: what the vendor's SDK sends.</summary>
    public string? ApiVersion { get; set; } = "2025-10-21";

    /// <summary>The name and version for the User-Agent header.</summary>
    public string UserAgent { get; set; } = "Membrane.Client/" + typeof(MembraneClientOptions).Assembly.GetName().Version!.ToString(3);

    /// <summary>Returns a copy of the options with a token source, if a client can be made of them.</summary>
    /// <exception cref="MembraneInputException">
    /// There is no token source or several, what is lent to send with cannot be used, or see <see cref="CheckReach"/>.
    /// </exception>
    internal MembraneClientOptions CheckAll()
    {
        CheckLent();
        var copy = CheckReach().Copy();
        copy.TokenSource = MakeTokenSource();
        return copy;
    }

    internal MembraneClientOptions Copy()
    {
        var copy = (MembraneClientOptions)MemberwiseClone();
        copy.RetryPolicy = RetryPolicy.Copy();
        return copy;
    }

    private ITokenSource MakeTokenSource()
    {
        var given = new[]
        {
            (Name: nameof(TokenSource), Value: (object?)TokenSource),
            (nameof(WorkspaceToken), WorkspaceToken),
            (nameof(Token), Token),
        }
            .Where(static option => option.Value is not null)
            .ToArray();
        if (given.Length != 1)
        {
            throw Refuse(
                given.Length == 0 ? nameof(TokenSource) : given[1].Name,
                given.Length == 0
                    ? $"No {nameof(TokenSource)} is set: nothing says where tokens come from."
                    : $"{given[0].Name} and {given[1].Name} both say where tokens come from.",
                $"Set one of {nameof(TokenSource)}, {nameof(WorkspaceToken)} and {nameof(Token)}."
            );
        }

        return TokenSource
            ?? (
                WorkspaceToken is not null
                    ? new WorkspaceTokenSource(WorkspaceToken)
                    : new FixedTokenSource(TokenText.Check(Token!, nameof(Token)))
            );
    }

    private void CheckLent()
    {
        if (HttpClient is not null && HttpMessageHandler is not null)
        {
            throw Refuse(
                nameof(HttpMessageHandler),
                $"{nameof(HttpClient)} and {nameof(HttpMessageHandler)} both say what sends the requests.",
                "Set one of them."
            );
        }

        if (Proxy is not null && (HttpClient ?? (object?)HttpMessageHandler) is not null)
        {
            throw Refuse(
                nameof(Proxy),
                $"{nameof(Proxy)} has no effect on a client or a handler of your own.",
                "Set the proxy of the handler."
            );
        }

        if (HttpClient?.DefaultRequestHeaders.Authorization is not null)
        {
            throw Refuse(
                nameof(HttpClient),
                $"The {nameof(HttpClient)} has an Authorization header of its own, which would also be sent where no token belongs.",
                $"Remove it: the token comes from {nameof(TokenSource)}."
            );
        }
    }

    private static MembraneInputException Refuse(string option, string why, string advice) =>
        new(ErrorIds.InvalidInput, option, why, advice);

    /// <summary>Returns the options, if their address can be trusted with a secret and be reached in a sensible time.</summary>
    /// <exception cref="MembraneInputException">
    /// The address is neither https nor http on a loopback address, and http was not allowed, the time-out is out of range, or see
    /// <see cref="ClientOptionsValidator"/>.
    /// </exception>
    internal MembraneClientOptions CheckReach()
    {
        ClientOptionsValidator.Validate(this);
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
