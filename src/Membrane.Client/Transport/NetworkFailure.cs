using System;
using System.ComponentModel;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.RegularExpressions;

namespace Membrane.Client.Transport;

/// <summary>Tells from an exception of the framework whether anything was sent, and describes it for people.</summary>
internal static class NetworkFailure
{
    // Of a connection that ended, the framework says no more.
    private static readonly Regex OfConnection = new(
        "^(The response ended prematurely|Received an unexpected EOF)[^']*$",
        RegexOptions.CultureInvariant
    );

    /// <summary>Whether the exception is one of the network, not of our code.</summary>
    public static bool Is(Exception exception) =>
        exception
            is HttpRequestException
                or IOException
                or WebException
                or SocketException
                or AuthenticationException
                or ObjectDisposedException;

    /// <summary>How the try ended.</summary>
    public static AttemptEnd End(Exception exception) =>
        ProxyFailure.RefusedWith(exception) is { } status ? (status < 500 ? AttemptEnd.NotTrusted : AttemptEnd.NotSent)
        : !IsNotSent(exception) ? AttemptEnd.Lost
        : IsTrustFailure(exception) ? AttemptEnd.NotTrusted
        : AttemptEnd.NotSent;

    public static MembraneNetworkException Describe(ApiRequest request, Uri address, Exception exception, AttemptEnd end, Uri? proxy)
    {
        var cause = WithoutAnswer(exception);
        var detail = Detail(cause);
        if (IsSecureConnectionFailure(exception))
        {
            return new MembraneNetworkException(
                ErrorIds.SecureConnectionFailed,
                $"No secure connection to {address.Authority}{Way(proxy)} could be made: {detail}",
                "Check the date of this machine, its trusted certificates, and whether a proxy replaces certificates.",
                cause
            );
        }

        if (proxy is not null && (end is AttemptEnd.NotSent or AttemptEnd.NotTrusted))
        {
            return ProxyFailure.Describe(proxy, address, detail, exception);
        }

        return end is AttemptEnd.NotSent or AttemptEnd.NotTrusted
            ? new MembraneNetworkException(
                ErrorIds.CannotConnect,
                $"{address.Authority} could not be reached: {detail}",
                "Check the address, the network, and the proxy.",
                cause
            )
            : new MembraneNetworkException(
                ErrorIds.ConnectionLost,
                $"The connection to {address.Authority}{Way(proxy)} broke before {request.Operation} was answered whole: {detail}",
                null,
                cause
            );
    }

    public static MembraneNetworkException DescribeTimeout(ApiRequest request, TimeSpan timeout, Exception exception, Uri? proxy) =>
        new(
            ErrorIds.RequestTimeout,
            $"{request.Operation} was not answered within {timeout.TotalSeconds:0.#} seconds{Way(proxy)}.",
            "Try again, or allow a request more time.",
            WithoutAnswer(exception)
        );

    /// <summary>
    /// Returns the exception, or one that quotes nothing of an answer: of what is not valid HTTP the framework shows the bytes, and a
    /// secret that was sent may be among them.
    /// </summary>
    public static Exception WithoutAnswer(Exception exception) =>
        End(exception) is AttemptEnd.NotSent or AttemptEnd.NotTrusted || IsOfConnection(exception)
            ? UserInfo.Hide(exception)
            : new AnswerException("What came is not a whole, valid answer of HTTP.");

    /// <summary>Returns what the exception says of the cause, as a sentence.</summary>
    public static string Detail(Exception exception) => Innermost(exception).Message.TrimEnd('.') + ".";

    private static string Way(Uri? proxy) => proxy is null ? string.Empty : $" by way of the proxy {proxy.Authority}";

    // What .NET Framework says of an answer quotes nothing either.
    private static bool IsOfConnection(Exception exception) =>
        Find<AnswerException>(exception) is not null
        || Innermost(exception)
            is Win32Exception
                or AuthenticationException
                or ObjectDisposedException
                or OperationCanceledException
                or TimeoutException
                or WebException
        || OfConnection.IsMatch(Innermost(exception).Message);

    // A handshake that the network broke has an exception of the network inside.
    private static bool IsTrustFailure(Exception exception) =>
        Find<WebException>(exception) is { Status: WebExceptionStatus.TrustFailure }
        || (Find<AuthenticationException>(exception) is not null && Find<IOException>(exception) is null);

    private static bool IsSecureConnectionFailure(Exception exception)
    {
#if NET
        if (Find<HttpRequestException>(exception) is { HttpRequestError: HttpRequestError.SecureConnectionError })
        {
            return true;
        }
#endif
        return Find<AuthenticationException>(exception) is not null;
    }

    private static bool IsNotSent(Exception exception)
    {
        if (exception is OperationCanceledException)
        {
            // No connection came about within the time for that.
            return exception.InnerException is TimeoutException;
        }

#if NET
        if (
            Find<HttpRequestException>(exception) is
            {
                HttpRequestError: HttpRequestError.NameResolutionError
                    or HttpRequestError.ConnectionError
                    or HttpRequestError.SecureConnectionError
                    or HttpRequestError.ProxyTunnelError
            }
        )
        {
            return true;
        }
#endif
        if (Find<WebException>(exception) is { } web)
        {
            return web.Status
                is WebExceptionStatus.ConnectFailure
                    or WebExceptionStatus.NameResolutionFailure
                    or WebExceptionStatus.ProxyNameResolutionFailure
                    or WebExceptionStatus.TrustFailure
                    or WebExceptionStatus.SecureChannelFailure;
        }

        if (Find<IOException>(exception) is not null)
        {
            // There was a connection to read from or write to. A route that goes away under it looks like one that never was.
            return false;
        }

        return Find<AuthenticationException>(exception) is not null
            || Find<SocketException>(exception)
                is {
                    SocketErrorCode: SocketError.ConnectionRefused
                        or SocketError.HostNotFound
                        or SocketError.HostUnreachable
                        or SocketError.NetworkUnreachable
                        or SocketError.NoData
                        or SocketError.TryAgain
                        or SocketError.AddressNotAvailable,
                };
    }

    private static T? Find<T>(Exception? exception)
        where T : Exception
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is T found)
            {
                return found;
            }
        }

        return null;
    }

    private static Exception Innermost(Exception exception)
    {
        while (exception.InnerException is { } inner)
        {
            exception = inner;
        }

        return exception;
    }
}
