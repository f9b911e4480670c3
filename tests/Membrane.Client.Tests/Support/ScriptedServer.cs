using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Membrane.Client.Tests.Support;

/// <summary>An HTTP server on loopback that answers as a test tells it to and remembers what arrived.</summary>
internal sealed class ScriptedServer : IDisposable
{
    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource closing = new();
    private readonly ConcurrentQueue<Answer> answers;
    private readonly ConcurrentQueue<RecordedRequest> requests = new();
    private readonly ConcurrentBag<Socket> sockets = [];
    private int connections;
    private int waiting;

    /// <param name="answers">What the first requests are answered with.</param>
    public ScriptedServer(params Answer[] answers)
        : this(listens: true, answers) { }

    public ScriptedServer(bool listens, params Answer[] answers)
    {
        this.answers = new ConcurrentQueue<Answer>(answers);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Uri = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndPoint!).Port}"));
        if (listens)
        {
            Listen();
        }
    }

    public Uri Uri { get; }

    /// <summary>What requests are answered with when the script has ended.</summary>
    public Func<RecordedRequest, Answer> Otherwise { get; set; } = static _ => Answer.Error(500, "internal", null, "The script has ended.");

    /// <summary>How many connections are closed before a byte of them is read.</summary>
    public int ConnectionsToDropUnread { get; set; }

    /// <summary>What is answered to the first bytes of a connection, whatever they are; null to read requests.</summary>
    public string? AnswersAnyBytes { get; set; }

    public IReadOnlyList<RecordedRequest> Requests => requests.ToArray();

    public RecordedRequest OnlyRequest => requests.Single();

    public int Connections => Volatile.Read(ref connections);

    /// <summary>How many clients wait for an answer that does not come.</summary>
    public int Waiting => Volatile.Read(ref waiting);

    /// <summary>Until then connections are refused.</summary>
    public void Listen()
    {
        listener.Listen(256);
        _ = AcceptAsync();
    }

    public void Then(params Answer[] more)
    {
        foreach (var answer in more)
        {
            answers.Enqueue(answer);
        }
    }

    public Task UntilRequestsAsync(int count) => Guard.UntilAsync(() => requests.Count >= count);

    public void Dispose()
    {
        closing.Cancel();
        listener.Dispose();
        foreach (var socket in sockets)
        {
            socket.Dispose();
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await listener.AcceptAsync(closing.Token);
                sockets.Add(socket);
                _ = ServeAsync(socket, Interlocked.Increment(ref connections));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket socket, int connection)
    {
        try
        {
            socket.NoDelay = true;
            using var stream = new NetworkStream(socket, ownsSocket: true);
            if (connection <= ConnectionsToDropUnread)
            {
                return;
            }

            if (AnswersAnyBytes is not null)
            {
                _ = await stream.ReadAtLeastAsync(new byte[4096], 1, throwOnEndOfStream: false, closing.Token);
                await stream.WriteAsync(Encoding.ASCII.GetBytes(AnswersAnyBytes), closing.Token);
                return;
            }

            while (await ReadRequestAsync(stream, connection) is { } request)
            {
                // A client reads an answer before its next request, so a request is on record when its answer is.
                requests.Enqueue(request);
                var answer = answers.TryDequeue(out var scripted) ? scripted : Otherwise(request);
                await answer.SendAsync(stream, closing.Token);
                if (answer.After == AfterAnswer.Reset)
                {
                    socket.LingerState = new LingerOption(true, 0);
                }

                if (answer.After == AfterAnswer.WaitForClientToLeave)
                {
                    await WaitForClientToLeaveAsync(stream);
                }

                if (answer.After != AfterAnswer.KeepOpen)
                {
                    return;
                }
            }
        }
        catch (Exception exception)
            when (exception is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
        {
            // The client has gone, or the test is over.
        }
    }

    private async Task WaitForClientToLeaveAsync(NetworkStream stream)
    {
        Interlocked.Increment(ref waiting);
        try
        {
            while (await stream.ReadAsync(new byte[16], closing.Token) > 0) { }
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    private async Task<RecordedRequest?> ReadRequestAsync(NetworkStream stream, int connection)
    {
        var one = new byte[1];
        var head = new StringBuilder();
        while (head.Length < 4 || head.ToString(head.Length - 4, 4) != "\r\n\r\n")
        {
            if (await stream.ReadAsync(one, closing.Token) == 0)
            {
                return null;
            }

            head.Append((char)one[0]);
        }

        var lines = head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var first = lines[0].Split(' ');
        var headers = lines
            .Skip(1)
            .Select(static line => line.Split(": ", 2))
            .ToDictionary(static pair => pair[0], static pair => pair[1], StringComparer.OrdinalIgnoreCase);
        var body = new byte[headers.TryGetValue("Content-Length", out var length) ? int.Parse(length, CultureInfo.InvariantCulture) : 0];
        await stream.ReadExactlyAsync(body, closing.Token);
        return new RecordedRequest(first[0], first[1], headers, body, connection);
    }
}
