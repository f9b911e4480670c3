using System;
using System.Globalization;
using System.Net.Http;
using System.Text.RegularExpressions;

namespace Membrane.Client.Transport;

/// <summary>Tells how a proxy refused a request, and describes it for people.</summary>
internal static class ProxyFailure
{
    private const int CredentialsRequired = 407;

    // What the proxy answered has no property of its own in every version of the framework.
    private static readonly Regex Refusal = new("^The proxy tunnel .*'(?<status>[1-9][0-9]{2})'", RegexOptions.CultureInvariant);

    /// <summary>Returns the status with which the proxy refused to connect; null where it did not.</summary>
    public static int? RefusedWith(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is HttpRequestException && Refusal.Match(cause.Message) is { Success: true } match)
            {
                return int.Parse(match.Groups["status"].Value, CultureInfo.InvariantCulture);
            }
        }

        return null;
    }

    /// <summary>Returns the proxy where answers may be its own. Inside a tunnel, which it refuses in another way, they are the service's.</summary>
    public static Uri? Answering(Uri? proxy, Uri address) => address.Scheme == Uri.UriSchemeHttp ? proxy : null;

    /// <summary>Describes that no connection came about through the proxy.</summary>
    public static MembraneNetworkException Describe(Uri proxy, Uri address, string detail, Exception exception) =>
        RefusedWith(exception) switch
        {
            CredentialsRequired => DescribeCredentials(proxy, address, exception),
            null => Fail(
                $"The proxy {proxy.Authority}, which leads to {address.Authority}, could not be reached: {detail}",
                "Check the address of the proxy, and whether it runs.",
                "Proxy",
                exception
            ),
            { } status => Fail(
                $"The proxy {proxy.Authority} refuses to connect to {address.Authority}: it answered with status {status}.",
                "Ask the administrator of the proxy whether it allows that address.",
                "Proxy",
                exception
            ),
        };

    /// <summary>Describes that the proxy wants to know who the user is.</summary>
    public static MembraneNetworkException DescribeCredentials(Uri proxy, Uri address, Exception? exception) =>
        Fail(
            $"The proxy {proxy.Authority} refuses to connect to {address.Authority}: it wants a user name and a password, and had none "
                + $"that it accepts (status {CredentialsRequired}).",
            "Pass a user name and a password for the proxy.",
            "ProxyCredential",
            exception
        );

    private static MembraneNetworkException Fail(string message, string advice, string topic, Exception? exception) =>
        new(ErrorIds.CannotConnect, message, advice, exception is null ? null : UserInfo.Hide(exception)) { Topic = topic };
}
