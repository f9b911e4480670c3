using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Json;
using Membrane.Client.Paging;
using Membrane.Client.Requests;
using Membrane.Client.Transport;

namespace Membrane.Client;

/// <summary>Requests of any operation: of Membrane's own API, and of the app behind a connection.</summary>
public class RequestsClient
{
    private static readonly string[] Methods = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"];
    private readonly ApiTransport transport;

    /// <summary>Makes a client that sends nothing, for a test to derive from.</summary>
    protected RequestsClient() => transport = null!;

    internal RequestsClient(ApiTransport transport) => this.transport = transport;

    /// <summary>Sends a request to the Membrane API.</summary>
    /// <exception cref="MembraneInputException">The path leads to another host, or something else cannot be sent.</exception>
    /// <exception cref="MembraneException">It failed.</exception>
    public virtual Task<RawResponse> SendAsync(RawRequest request, CancellationToken cancellationToken = default) =>
        SendAsync(Build(request, string.Empty, []), cancellationToken);

    /// <summary>Sends a request to the app behind a connection (<c>METHOD /connections/{selector}/proxy/{path}</c>).</summary>
    /// <param name="connectionId">The connection.</param>
    /// <param name="request">The request; its path is one of the app's API.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="MembraneInputException">The path leaves the connection, or something else cannot be sent.</exception>
    /// <exception cref="MembraneException">It failed; AppRequestFailed where the app said no.</exception>
    public virtual Task<RawResponse> SendToAppAsync(
        string connectionId,
        RawRequest request,
        CancellationToken cancellationToken = default
    ) => SendAsync(Build(request, AppPrefix(connectionId), []).ForApp(), cancellationToken);

    /// <summary>Checks a request to an app, before its connection is looked for.</summary>
    /// <exception cref="MembraneInputException">Something cannot be sent.</exception>
    internal void CheckForApp(RawRequest request) => _ = Build(request, AppPrefix("id"), []);

    /// <summary>Lists the items of an operation that answers in pages, following the cursor.</summary>
    /// <param name="request">The first page. GET takes the cursor in the query, POST in the body.</param>
    /// <param name="options">Which part of the list.</param>
    /// <param name="pageSize">How many items to ask for at once; null for the operation's own size.</param>
    /// <exception cref="MembraneInputException">The method has no pages.</exception>
    public virtual Listing<object?> List(RawRequest request, ListingOptions? options = null, int? pageSize = null)
    {
        if (request.Method.ToUpperInvariant() is not ("GET" or "POST"))
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                "Method",
                $"{request.Method} has no pages to follow.",
                "Lists are read with GET, those of records with POST."
            );
        }

        return new Listing<object?>(
            (size, cursor, cancellationToken) =>
                transport.SendForItemsAsync(
                    BuildPage(request, pageSize is null ? null : Math.Min(size, pageSize.Value), cursor),
                    cancellationToken
                ),
            options
        );
    }

    private ApiRequest BuildPage(RawRequest request, int? size, string? cursor)
    {
        var isGet = string.Equals(request.Method, "GET", StringComparison.OrdinalIgnoreCase);
        var members = new List<KeyValuePair<string, object?>>();
        if (cursor is not null)
        {
            members.Add(new KeyValuePair<string, object?>("cursor", cursor));
        }

        if (isGet)
        {
            if (size is not null)
            {
                members.Add(new KeyValuePair<string, object?>("limit", size));
            }

            return Build(request, string.Empty, members);
        }

        var body = members.Count == 0 ? request.Body : BodyWith(request.Body, members);
        return Build(
            new RawRequest
            {
                Path = request.Path,
                Method = request.Method,
                Query = request.Query,
                Headers = request.Headers,
                Body = body,
                ContentType = request.ContentType,
            },
            string.Empty,
            []
        );
    }

    private List<KeyValuePair<string, object?>> BodyWith(object? body, IEnumerable<KeyValuePair<string, object?>> members)
    {
        var own = body is null
            ? []
            : ObjectMembers.Of(body, transport.Objects)
                ?? throw new MembraneInputException(
                    ErrorIds.InvalidInput,
                    "Body",
                    "A body of text or bytes cannot take the cursor of the next page.",
                    "Pass a hashtable or an object."
                );
        return own.Where(static member => member.Key != "cursor").Concat(members).ToList();
    }

    private ApiRequest Build(RawRequest request, string prefix, IEnumerable<KeyValuePair<string, object?>> more)
    {
        var method = request.Method?.ToUpperInvariant() ?? string.Empty;
        if (!Methods.Contains(method))
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                "Method",
                $"'{request.Method}' is not a method.",
                $"Use one of {string.Join(", ", Methods)}."
            );
        }

        if (request.Body is not null && method is ("GET" or "HEAD" or "OPTIONS"))
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                "Body",
                $"A {method} request has no body.",
                "Pass parameters in Query, or name the method in Method."
            );
        }

        var result = ApiRequest
            .To(new HttpMethod(method), RequestAddress.Resolve(transport.BaseAddress, prefix, request.Path))
            .With(RequestHeaders.Check(request.Headers));
        var replaced = more.Select(static parameter => parameter.Key).ToArray();
        foreach (var parameter in (request.Query ?? []).Where(parameter => !replaced.Contains(parameter.Key)).Concat(more))
        {
            foreach (var text in QueryValue.Texts(parameter.Key, parameter.Value, transport.Objects, "Query"))
            {
                result.QueryAlways(parameter.Key, text);
            }
        }

        if (request.Body is not null)
        {
            (var content, var contentType) = RequestBody.Make(request.Body, request.ContentType, transport.Objects);
            result.Content(content, contentType);
        }

        return request.SkipErrorCheck ? result.TakeErrorAnswers() : result;
    }

    private static string AppPrefix(string connectionId) =>
        ApiRequest.Get("connections", Selector.Check(connectionId, "Connection"), "proxy").Path + "/";

    private Task<RawResponse> SendAsync(ApiRequest request, CancellationToken cancellationToken) =>
        transport.SendAsync(request, response => Read(request, response), cancellationToken);

    private RawResponse Read(ApiRequest request, ApiResponse response)
    {
        var type = response.ContentHeaders.ContentType?.MediaType;
        var headers = Headers(response);
        if (response.Body.IsEmpty)
        {
            return new RawResponse(response.StatusCode, headers, default, type, null);
        }

        if (type?.IndexOf("json", StringComparison.OrdinalIgnoreCase) >= 0)
        {
            var value = transport.ReadValue(request, response);
            return new RawResponse(response.StatusCode, headers, response.DetachBody(), type, value);
        }

        var content = response.Body.ToArray();
        return new RawResponse(
            response.StatusCode,
            headers,
            new ReadOnlySequence<byte>(content),
            type,
            IsText(type ?? string.Empty) ? System.Text.Encoding.UTF8.GetString(content) : content
        );
    }

    private static bool IsText(string type) =>
        type.Length == 0
        || type.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
        || type.IndexOf("xml", StringComparison.OrdinalIgnoreCase) >= 0
        || type.IndexOf("yaml", StringComparison.OrdinalIgnoreCase) >= 0
        || type.IndexOf("javascript", StringComparison.OrdinalIgnoreCase) >= 0;

    private static Dictionary<string, IReadOnlyList<string>> Headers(ApiResponse response)
    {
        var headers = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in new HttpHeaders[] { response.Headers, response.ContentHeaders })
        {
            foreach (var header in part)
            {
                headers[header.Key] = header.Value.ToArray();
            }
        }

        return headers;
    }
}
