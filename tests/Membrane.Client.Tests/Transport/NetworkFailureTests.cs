using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using Membrane.Client.Transport;
using Xunit;

namespace Membrane.Client.Tests.Transport;

public sealed class NetworkFailureTests
{
    [Theory]
    [InlineData(HttpRequestError.ConnectionError)]
    [InlineData(HttpRequestError.NameResolutionError)]
    [InlineData(HttpRequestError.SecureConnectionError)]
    [InlineData(HttpRequestError.ProxyTunnelError)]
    public void A_connection_that_never_came_about_carried_nothing(HttpRequestError error) =>
        Assert.Equal(AttemptEnd.NotSent, NetworkFailure.End(new HttpRequestException(error, "no")));

    [Theory]
    [InlineData(SocketError.HostUnreachable)]
    [InlineData(SocketError.NetworkUnreachable)]
    [InlineData(SocketError.ConnectionReset)]
    [InlineData(SocketError.TimedOut)]
    [InlineData(SocketError.ConnectionRefused)]
    public void A_socket_error_on_an_established_connection_may_come_after_the_request(SocketError error)
    {
        // A route that goes away while the answer is awaited is reported like this.
        var lost = new HttpRequestException(
            "An error occurred while sending the request.",
            new IOException("Unable to read data.", new SocketException((int)error))
        );

        Assert.Equal(AttemptEnd.Lost, NetworkFailure.End(lost));
    }

    [Fact]
    public void Only_a_connection_that_could_not_be_made_in_time_carried_nothing()
    {
        Assert.Equal(
            AttemptEnd.NotSent,
            NetworkFailure.End(new System.Threading.Tasks.TaskCanceledException("connect", new System.TimeoutException()))
        );
        Assert.Equal(AttemptEnd.Lost, NetworkFailure.End(new System.Threading.Tasks.TaskCanceledException("closed")));
    }

    [Fact]
    public void A_handshake_that_fails_after_the_request_was_sent_counts_as_sent()
    {
        // TLS 1.3: a missing client certificate is complained about after the first bytes of the request.
        var late = new HttpRequestException(
            "An error occurred while sending the request.",
            new IOException("read", new System.Security.Authentication.AuthenticationException("certificate required"))
        );

        Assert.Equal(AttemptEnd.Lost, NetworkFailure.End(late));
    }

    [Theory]
    [InlineData("http://proxy.example", "http://api.example", true)]
    [InlineData("http://proxy.example", "https://api.example", false)]
    [InlineData(null, "http://api.example", false)]
    public void An_answer_may_be_that_of_a_proxy_only_where_one_reads_the_request(string? proxy, string address, bool expected) =>
        Assert.Equal(expected, ProxyFailure.Answering(proxy is null ? null : new Uri(proxy), new Uri(address)) is not null);

    [Theory]
    [InlineData(WebExceptionStatus.ConnectFailure, "NotSent")]
    [InlineData(WebExceptionStatus.NameResolutionFailure, "NotSent")]
    [InlineData(WebExceptionStatus.ProxyNameResolutionFailure, "NotSent")]
    [InlineData(WebExceptionStatus.TrustFailure, "NotTrusted")]
    [InlineData(WebExceptionStatus.SecureChannelFailure, "NotSent")]
    [InlineData(WebExceptionStatus.SendFailure, "Lost")]
    [InlineData(WebExceptionStatus.ReceiveFailure, "Lost")]
    [InlineData(WebExceptionStatus.KeepAliveFailure, "Lost")]
    [InlineData(WebExceptionStatus.ConnectionClosed, "Lost")]
    [InlineData(WebExceptionStatus.Timeout, "Lost")]
    public void The_errors_of_dotnet_Framework_are_told_apart(WebExceptionStatus status, string expected) =>
        Assert.Equal(expected, NetworkFailure.End(new HttpRequestException("no", new WebException("no", status))).ToString());
}
