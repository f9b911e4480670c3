using System;
using System.Collections.Generic;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace Membrane.Client.Tests.Support;

/// <summary>What most tests need: clients, tokens and policies that do not wait.</summary>
internal static class Make
{
    /// <summary>A token whose text is easily found where it must not be.</summary>
    public const string AccountToken = "pat-SECRETSECRETSECRET0123456789";

    public static RetryPolicy FastPolicy { get; } =
        new() { BaseDelay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(4) };

    public static MembraneClient Client(
        ScriptedServer server,
        ITokenSource? tokens = null,
        RetryPolicy? policy = null,
        TimeSpan? timeout = null
    ) => Client(server.Uri, tokens, policy, timeout);

    public static MembraneClient Client(Uri address, ITokenSource? tokens = null, RetryPolicy? policy = null, TimeSpan? timeout = null) =>
        new(
            new MembraneClientOptions
            {
                ApiUri = address,
                TokenSource = tokens ?? new FixedTokenSource(AccountToken),
                RetryPolicy = policy ?? FastPolicy,
                RequestTimeout = timeout ?? TimeSpan.FromSeconds(50),
            }
        );

    public static string Jwt(string payload, string header = """{"alg":"HS256","typ":"JWT"}""") =>
        Base64Url(header) + "." + Base64Url(payload) + ".c2lnbmF0dXJl";

    public static string Base64Url(string text) => Base64Url(Encoding.UTF8.GetBytes(text));

    public static string Base64Url(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <summary>
    /// Text with halves of an emoji in it, for which the attributes of tests have no encoding: 1 is the first, 2 the second.
    /// </summary>
    public static string Cut(string text) =>
        text.Replace("{1}", "\ud83d", StringComparison.Ordinal).Replace("{2}", "\ude00", StringComparison.Ordinal);

    public static async Task<List<T>> ToListAsync<T>(this IAsyncEnumerable<T> items, CancellationToken cancellationToken = default)
    {
        var list = new List<T>();
        await foreach (var item in items.WithCancellation(cancellationToken))
        {
            list.Add(item);
        }

        return list;
    }
}

/// <summary>Hands out tokens in turn; a refused one is followed by the next.</summary>
internal sealed class TokensInTurn(params string[] tokens) : ITokenSource
{
    private int next;

    public DateTimeOffset? ExpiresAt => null;

    public List<string> Discarded { get; } = [];

    public Task<string> GetTokenAsync(CancellationToken cancellationToken) => Task.FromResult(tokens[next]);

    public bool Discard(string token)
    {
        Discarded.Add(token);
        next = Math.Min(next + 1, tokens.Length - 1);
        return true;
    }
}

/// <summary>Remembers what it was told.</summary>
internal sealed class RecordingObserver : IRequestObserver
{
    private readonly object gate = new();

    public List<string> Lines { get; } = [];

    public System.Action? OnRetry { get; init; }

    public void Answered(string operation, int statusCode, TimeSpan duration)
    {
        lock (gate)
        {
            Lines.Add(operation + " " + statusCode);
        }
    }

    public void Retrying(string operation, string reason, TimeSpan delay)
    {
        lock (gate)
        {
            Lines.Add("again: " + operation + " " + reason);
        }

        OnRetry?.Invoke();
    }
}
