using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Membrane.Client.Authentication.OAuth;

/// <summary>
/// Takes the browser's answer on a free port of 127.0.0.1. A socket is enough, and needs no right to a prefix as HttpListener does on
/// Windows.
/// </summary>
/// <remarks>Assumed, because nothing public says so: the path <c>/callback</c>.</remarks>
internal sealed class LoopbackListener : IDisposable
{
    private const string Path = "/callback";
    private const int MaxHeadBytes = 16 * 1024;

    // Browsers open connections that they never use.
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(10);

    private readonly TcpListener listener;
    private readonly TaskCompletionSource<string> code = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private LoopbackListener(TcpListener listener) => this.listener = listener;

    /// <summary>Where the service sends the browser.</summary>
    public string RedirectUri => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}{Path}";

    /// <exception cref="MembraneSignInException">No port is to be had.</exception>
    public static LoopbackListener Start()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        try
        {
            listener.Start();
            return new LoopbackListener(listener);
        }
        catch (SocketException exception)
        {
            throw new MembraneSignInException(
                ErrorIds.SignInFailed,
                "No port on this machine is to be had for the browser's answer: " + exception.Message,
                "Sign in with a code.",
                exception
            );
        }
    }

    /// <summary>Waits for the browser's answer. One that does not belong to this sign-in is refused, and the wait goes on.</summary>
    /// <exception cref="MembraneSignInException">The sign-in was refused.</exception>
    public async Task<string> WaitAsync(string state, CancellationToken cancellationToken)
    {
        using var registration = cancellationToken.Register(() => code.TrySetCanceled());
        _ = AcceptAsync(state);
        return await code.Task.ConfigureAwait(false);
    }

    public void Dispose()
    {
        code.TrySetCanceled();
        listener.Stop();
    }

    private async Task AcceptAsync(string state)
    {
        try
        {
            while (!code.Task.IsCompleted)
            {
                var browser = await listener.AcceptTcpClientAsync().ConfigureAwait(false);
                _ = ServeAsync(browser, state);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Stopped: the waiting caller has been told.
            code.TrySetCanceled();
        }
    }

    private async Task ServeAsync(TcpClient browser, string state)
    {
        using (browser)
        using (var timer = new CancellationTokenSource(MaxWait))
        using (timer.Token.Register(static client => ((TcpClient)client!).Close(), browser))
        {
            try
            {
                var stream = browser.GetStream();
                var head = await ReadHeadAsync(stream).ConfigureAwait(false);
                (var status, var page, var tell) = Answer(head, state);
                var reply = MakeReply(status, page);
                await stream.WriteAsync(reply, 0, reply.Length).ConfigureAwait(false);
                browser.Client.Shutdown(SocketShutdown.Send);
                tell();
            }
            catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
            {
                // A browser that goes away has said nothing; the wait goes on.
                return;
            }
        }
    }

    private (int Status, string Page, System.Action Tell) Answer(string head, string state)
    {
        var line = head.Split(['\r', '\n'], 2)[0].Split(' ');
        var question = line.Length < 3 ? -1 : line[1].IndexOf('?');
        var path =
            line.Length < 3 ? string.Empty
            : question < 0 ? line[1]
            : line[1].Substring(0, question);
        if (path != Path)
        {
            return (404, CallbackPage.Make("Not found", "There is nothing at this address."), static () => { });
        }

        if (line[0] != "GET")
        {
            return (
                405,
                CallbackPage.Make("Not allowed", "This address takes the answer of a sign-in, and nothing else."),
                static () => { }
            );
        }

        var answer = RedirectAnswer.Read(question < 0 ? string.Empty : line[1].Substring(question));
        try
        {
            var found = answer.TakeCode(state);
            return (
                200,
                CallbackPage.Make(
                    "Back to PowerShell",
                    "The answer has arrived. You can close this page; PowerShell says how the sign-in ended."
                ),
                () => code.TrySetResult(found)
            );
        }
        catch (MembraneSignInException exception) when (answer.IsRefusal(state))
        {
            return (400, CallbackPage.Make("Not signed in", exception.Message), () => code.TrySetException(exception));
        }
        catch (MembraneSignInException exception)
        {
            return (
                400,
                CallbackPage.Make("Not signed in", exception.Message + " The sign-in goes on waiting for the right one."),
                static () => { }
            );
        }
    }

    private static byte[] MakeReply(int status, string page)
    {
        var word = status switch
        {
            200 => "OK",
            400 => "Bad Request",
            405 => "Method Not Allowed",
            _ => "Not Found",
        };
        var body = Encoding.UTF8.GetBytes(page);
        var head =
            $"HTTP/1.1 {status} {word}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {body.Length}\r\nConnection: close\r\n"
            + "Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\n"
            + "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
            + "frame-ancestors 'none'\r\n\r\n";
        var reply = new byte[head.Length + body.Length];
        Encoding.ASCII.GetBytes(head, 0, head.Length, reply, 0);
        body.CopyTo(reply, head.Length);
        return reply;
    }

    private static async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var head = new byte[MaxHeadBytes];
        var length = 0;
        while (length < head.Length)
        {
            var read = await stream.ReadAsync(head, length, head.Length - length).ConfigureAwait(false);
            length += read;
            var text = Encoding.ASCII.GetString(head, 0, length);
            if (read == 0 || text.Contains("\r\n\r\n"))
            {
                return text;
            }
        }

        return string.Empty;
    }
}
