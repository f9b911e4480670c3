using System;
using System.Collections.Specialized;
using System.Globalization;
using System.Linq;
using System.Text;
using Membrane.Emulator.Http;

namespace Membrane.Emulator.Server;

/// <summary>The request line and the headers of a request.</summary>
internal sealed class RequestHead
{
    private static readonly Encoding Latin1 = Encoding.GetEncoding("ISO-8859-1");

    private readonly string method;
    private readonly string target;
    private readonly NameValueCollection headers = new();

    private RequestHead(string method, string target, bool isOld)
    {
        this.method = method;
        this.target = target;
        IsOld = isOld;
    }

    /// <summary>Whether it is of HTTP/1.0, which knows neither chunks nor, by itself, a second request.</summary>
    public bool IsOld { get; }

    public bool IsHead => method == "HEAD";

    /// <summary>Whether the client wants no further answer on this connection.</summary>
    public bool IsLast => IsOld || Has("Connection", "close");

    /// <summary>Whether the client sends the body only when it is told to go on.</summary>
    public bool ExpectsContinue => !IsOld && Has("Expect", "100-continue");

    /// <summary>Whether the body comes in chunks.</summary>
    public bool IsChunked { get; private set; }

    /// <summary>How long the body is; 0 if it comes in chunks.</summary>
    public long ContentLength { get; private set; }

    /// <summary>The host that the client asks; empty if it does not say.</summary>
    public string Host => headers["Host"] ?? "";

    /// <exception cref="BadHttpException">It is not HTTP/1.</exception>
    public static RequestHead Parse(byte[] bytes, int start, int length)
    {
        var lines = Latin1.GetString(bytes, start, length).Split('\n');
        var parts = lines[0].TrimEnd('\r').Split(' ');
        if (parts.Length != 3 || !IsToken(parts[0]) || parts[1].Length == 0 || parts[1].Any(IsControl))
        {
            throw new BadHttpException(400, "The request line is not of the form 'METHOD /path HTTP/1.1'.");
        }

        if (parts[2] is not ("HTTP/1.1" or "HTTP/1.0"))
        {
            throw parts[2].StartsWith("HTTP/", StringComparison.Ordinal)
                ? new BadHttpException(505, $"The emulator speaks HTTP/1.1, not '{UrlEncoding.Shorten(parts[2])}'.")
                : new BadHttpException(400, "The request line is not of the form 'METHOD /path HTTP/1.1'.");
        }

        // Only what is not escaped can be beyond ASCII: clients mean UTF-8 by it.
        var head = new RequestHead(parts[0], Encoding.UTF8.GetString(Latin1.GetBytes(parts[1])), parts[2] == "HTTP/1.0");
        foreach (var line in lines.Skip(1).Select(static line => line.TrimEnd('\r')).Where(static line => line.Length > 0))
        {
            head.Add(line);
        }

        head.Check();
        return head;
    }

    /// <summary>Finds a header in what may be only the beginning of a head; null if it is not there.</summary>
    public static string? Find(string name, byte[] bytes, int start, int length) =>
        Latin1
            .GetString(bytes, start, length)
            .Split('\n')
            .Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
            .Select(line => line.Substring(name.Length + 1).Trim())
            .FirstOrDefault();

    public IncomingRequest ToRequest()
    {
        var address = target;
        if (address.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        {
            var slash = address.IndexOf('/', 7);
            address = slash < 0 ? "/" : address.Substring(slash);
        }

        var question = address.IndexOf('?');
        return new IncomingRequest(
            method,
            question < 0 ? address : address.Substring(0, question),
            question < 0 ? "" : address.Substring(question + 1),
            headers,
            headers["Content-Type"]
        );
    }

    private void Add(string line)
    {
        var colon = line.IndexOf(':');
        var name = colon < 0 ? "" : line.Substring(0, colon);
        var value = line.Substring(colon + 1).Trim(' ', '\t');
        if (!IsToken(name) || value.Any(static character => IsControl(character) && character != '\t'))
        {
            throw new BadHttpException(400, "A header is not of the form 'Name: value'.");
        }

        headers.Add(name, value);
    }

    /// <summary>Reads what says where the request ends: a request with two such statements is refused.</summary>
    private void Check()
    {
        if (!IsOld && headers.GetValues("Host") is not { Length: 1 })
        {
            throw new BadHttpException(400, "A request of HTTP/1.1 has one header 'Host'.");
        }

        if (headers["Transfer-Encoding"] is { } encoding)
        {
            if (!encoding.Equals("chunked", StringComparison.OrdinalIgnoreCase))
            {
                throw new BadHttpException(501, $"The transfer encoding '{UrlEncoding.Shorten(encoding)}' is not supported: use chunked.");
            }

            if (IsOld || headers["Content-Length"] is not null)
            {
                throw new BadHttpException(400, "A body in chunks has no Content-Length, and comes with HTTP/1.1.");
            }

            IsChunked = true;
        }
        else if (headers.GetValues("Content-Length") is { } lengths)
        {
            ContentLength =
                lengths.Distinct(StringComparer.Ordinal).Count() == 1
                && long.TryParse(lengths[0], NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                    ? length
                    : throw new BadHttpException(400, "The Content-Length is not a number.");
        }
    }

    private bool Has(string name, string word) =>
        headers[name]?.Split(',').Any(one => one.Trim().Equals(word, StringComparison.OrdinalIgnoreCase)) == true;

    // Beyond ASCII these are bytes of UTF-8, of which Latin-1 has some for control characters.
    private static bool IsControl(char character) => character is < ' ' or '\u007f';

    private static bool IsToken(string text) =>
        text.Length > 0
        && text.All(static character =>
            character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') || "!#$%&'*+-.^_`|~".IndexOf(character) >= 0
        );
}
