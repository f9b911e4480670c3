using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Membrane.Client.Json;

namespace Membrane.Client.Transport;

/// <summary>One request to the API: what is sent, and what is known of repeating it.</summary>
internal sealed class ApiRequest
{
    /// <summary>The documented limit of an answer of the API: 30 MB.</summary>
    private const int ApiLimit = 30 * 1024 * 1024;

    private readonly StringBuilder query = new();
    private readonly Uri? address;
    private string? secretQuery;

    private ApiRequest(HttpMethod method, string path, Uri? address = null)
    {
        this.address = address;
        Method = method;
        Path = path;
        // GET, PUT and DELETE say the same thing twice when they are sent twice; PATCH and POST may not.
        HasEffect = method != HttpMethod.Get && method != HttpMethod.Head && method != HttpMethod.Options;
        IsRepeatable = !HasEffect || method == HttpMethod.Put || method == HttpMethod.Delete;
    }

    public HttpMethod Method { get; }

    /// <summary>The path below the base address, escaped, without a leading slash.</summary>
    public string Path { get; }

    /// <summary>The path and the query, without what of it is a secret.</summary>
    public string PathAndQuery => query.Length == 0 ? Path : Path + query;

    /// <summary>Where the request goes: relative to the base address, or a whole address.</summary>
    public Uri Target => address ?? new Uri(PathAndQuery + secretQuery, UriKind.Relative);

    /// <summary>The body, or null for none.</summary>
    public byte[]? Body { get; private set; }

    /// <summary>The media type of the body.</summary>
    public string BodyType { get; private set; } = "application/json";

    /// <summary>Headers beyond those that every request has; one of these names replaces what it would have.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; private set; } = [];

    /// <summary>Whether an answer with an error status is an answer like any other.</summary>
    public bool TakesErrorAnswers { get; private set; }

    /// <summary>What to do when the request is turned down, where something better is known than the general advice.</summary>
    public string? AdviceWhenDenied { get; private set; }

    /// <summary>Whether the answer is that of the app behind a connection.</summary>
    public bool IsForApp { get; private set; }

    /// <summary>Whether the request is sent without a token.</summary>
    public bool IsAnonymous => SentSecret is not null;

    /// <summary>
    /// What stands in the body of a request without a token and must not be shown; empty for nothing, null where there is a token.
    /// </summary>
    public string? SentSecret { get; private set; }

    /// <summary>Whether the answer holds secrets, so that no error may show any of it.</summary>
    public bool HasSecretAnswer { get; private set; }

    /// <summary>Whether a second try has the same effect as one.</summary>
    public bool IsRepeatable { get; private set; }

    /// <summary>Whether the request changes something.</summary>
    public bool HasEffect { get; private set; }

    /// <summary>How long the service was asked to hold the answer back.</summary>
    public TimeSpan HeldFor { get; private set; }

    /// <summary>How long the answer may be, in bytes.</summary>
    public int MaxResponseBytes { get; private set; } = ApiLimit;

    /// <summary>Done once, before the request is sent for the first time.</summary>
    public Func<Task>? BeforeSending { get; set; }

    /// <summary>The method and path, for messages; the host too where it need not be that of the API.</summary>
    public string Operation => Method + " " + Host + "/" + Path;

    /// <summary>The operation with the query, without what of it is a secret.</summary>
    public string OperationAndQuery => Method + " " + Host + "/" + PathAndQuery;

    private string? Host => address?.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    public static ApiRequest Get(params string[] segments) => new(HttpMethod.Get, JoinPath(segments));

    public static ApiRequest Post(params string[] segments) => new(HttpMethod.Post, JoinPath(segments));

    public static ApiRequest Put(params string[] segments) => new(HttpMethod.Put, JoinPath(segments));

    public static ApiRequest Patch(params string[] segments) => new(new HttpMethod("PATCH"), JoinPath(segments));

    public static ApiRequest Delete(params string[] segments) => new(HttpMethod.Delete, JoinPath(segments));

    /// <summary>A request whose path is escaped already, as <see cref="Requests.RequestAddress"/> makes it.</summary>
    public static ApiRequest To(HttpMethod method, string escapedPath) => new(method, escapedPath);

    /// <summary>A GET of a whole address, whose query may be a secret.</summary>
    public static ApiRequest At(Uri address) => new(HttpMethod.Get, address.AbsolutePath.TrimStart('/'), address);

    /// <summary>Says that the operation only reads although its method does not.</summary>
    public ApiRequest Reading()
    {
        HasEffect = false;
        return Repeatable();
    }

    /// <summary>Says that the operation may be repeated although its method does not.</summary>
    public ApiRequest Repeatable()
    {
        IsRepeatable = true;
        return this;
    }

    /// <summary>Says that the request needs no token.</summary>
    /// <param name="sentSecret">A secret in its body, which errors must not show.</param>
    public ApiRequest Anonymous(string sentSecret = "")
    {
        SentSecret = sentSecret;
        return this;
    }

    /// <summary>Says that the answer holds secrets.</summary>
    public ApiRequest WithSecretAnswer()
    {
        HasSecretAnswer = true;
        return this;
    }

    /// <summary>Adds a query parameter; null and empty are left out.</summary>
    public ApiRequest Query(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            QueryAlways(name, value!);
        }

        return this;
    }

    /// <summary>Adds a query parameter, also an empty one.</summary>
    public ApiRequest QueryAlways(string name, string value)
    {
        var hasQuery = query.Length > 0 || Path.IndexOf('?') >= 0;
        query
            .Append(hasQuery ? '&' : '?')
            .Append(Escape(LenientJsonText.Check(name, "Query"), name))
            .Append('=')
            .Append(Escape(LenientJsonText.Check(value, name), name));
        return this;
    }

    /// <summary>Adds, after all others, a query parameter that is never shown; null and empty are left out.</summary>
    public ApiRequest SecretQuery(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            secretQuery =
                (query.Length > 0 || Path.IndexOf('?') >= 0 ? "&" : "?")
                + Escape(name, name)
                + "="
                + Escape(LenientJsonText.Check(value!, name), name);
        }

        return this;
    }

    public ApiRequest Query(string name, int? value) => Query(name, value?.ToString(CultureInfo.InvariantCulture));

    public ApiRequest Query(string name, bool? value) =>
        Query(
            name,
            value is null ? null
                : value.Value ? "true"
                : "false"
        );

    public ApiRequest Query(string name, DateTimeOffset? value) =>
        Query(name, value?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));

    /// <summary>Asks the service to hold the answer back until something happens.</summary>
    public ApiRequest Wait(int seconds)
    {
        HeldFor = TimeSpan.FromSeconds(seconds);
        return Query("wait", true).Query("timeout", seconds);
    }

    /// <summary>Sets the body.</summary>
    public ApiRequest Json(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            write(writer);
        }

        Body = stream.ToArray();
        return this;
    }

    /// <summary>Sets the body to the fields of a form; those without a value are left out.</summary>
    public ApiRequest Form(params (string Name, string? Value)[] fields)
    {
        BodyType = "application/x-www-form-urlencoded";
        Body = Encoding.ASCII.GetBytes(
            string.Join(
                "&",
                fields
                    .Where(static field => field.Value is not null)
                    .Select(static field => field.Name + "=" + Escape(field.Value!, field.Name))
            )
        );
        return this;
    }

    /// <summary>Sets the body to bytes of any type.</summary>
    public ApiRequest Content(byte[] body, string contentType)
    {
        Body = body;
        BodyType = contentType;
        return this;
    }

    public ApiRequest With(IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        Headers = headers;
        return this;
    }

    /// <summary>Asks for the answer itself, whatever its status.</summary>
    public ApiRequest TakeErrorAnswers()
    {
        TakesErrorAnswers = true;
        return this;
    }

    /// <summary>Says how long the answer may be, where it does not come from the API.</summary>
    public ApiRequest Accept(int maxResponseBytes)
    {
        MaxResponseBytes = maxResponseBytes;
        return this;
    }

    /// <summary>Says what to do when the request is turned down.</summary>
    public ApiRequest WhenDenied(string advice)
    {
        AdviceWhenDenied = advice;
        return this;
    }

    /// <summary>Says that an error without Membrane's own envelope comes from the app behind the connection.</summary>
    public ApiRequest ForApp()
    {
        IsForApp = true;
        return this;
    }

    private static string JoinPath(IReadOnlyList<string> segments)
    {
        var path = new StringBuilder();
        foreach (var segment in segments)
        {
            if (path.Length > 0)
            {
                path.Append('/');
            }

            path.Append(Escape(segment, "Selector"));
        }

        return path.ToString();
    }

    private static string Escape(string text, string parameterName)
    {
        try
        {
            return Uri.EscapeDataString(text);
        }
        catch (UriFormatException exception)
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                parameterName,
                "The text cannot be put into an address: " + exception.Message,
                "Correct the text.",
                exception
            );
        }
    }
}
