using System;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Emulator.Authentication;
using Membrane.Emulator.Contract;
using Membrane.Emulator.Control;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Mcp;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Server;

/// <summary>
/// The pipeline of a request: find the operation, authenticate the caller, validate, run, and put errors into the envelope.
/// </summary>
internal sealed class Dispatcher(
    WorkspaceStore store,
    Authenticator authenticator,
    HandlerTable handlers,
    AnonymousRoutes open,
    McpRoute mcp,
    bool isStrict,
    System.Action<string> report
)
{
    public async Task<Reply> Handle(IncomingRequest incoming, RequestLog.Entry entry, CancellationToken shutdown)
    {
        try
        {
            var reply = await Answer(incoming, entry, shutdown);

            // No answer may tell of a change that a crash could still undo.
            await store.WhenDurable();
            return reply;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return Unexpected(incoming, error);
        }
    }

    /// <summary>Takes a request that code makes through the same checks, on behalf of who runs the code.</summary>
    public async Task<Reply> Call(Principal caller, IncomingRequest incoming, CancellationToken shutdown)
    {
        try
        {
            return incoming.Body.Length <= HttpServer.RequestLimit
                ? await Operate(incoming, null, caller, shutdown)
                : throw ApiException.TooLarge(HttpServer.RequestLimit);
        }
        catch (ApiException error)
        {
            return Reply.Error(error);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            return Unexpected(incoming, error);
        }
    }

    private async Task<Reply> Answer(IncomingRequest incoming, RequestLog.Entry entry, CancellationToken shutdown)
    {
        try
        {
            return open.Handle(incoming)
                ?? (
                    incoming.RawPath == McpRoute.Path
                        ? await mcp.Handle(incoming, inner => Operate(inner, entry, shutdown))
                        : await Operate(incoming, entry, shutdown)
                );
        }
        catch (ApiException error)
        {
            return Reply.Error(error);
        }
    }

    private Task<Reply> Operate(IncomingRequest incoming, RequestLog.Entry entry, CancellationToken shutdown) =>
        Operate(incoming, entry, null, shutdown);

    // What code asks for has a caller already, and no entry in the log.
    private async Task<Reply> Operate(IncomingRequest incoming, RequestLog.Entry? entry, Principal? caller, CancellationToken shutdown)
    {
        var operation = OperationTable.Default.Match(incoming.Method, incoming.RawPath, out var route);
        if (
            incoming.Method == "HEAD"
            && OperationTable.Default.Match("GET", incoming.RawPath, out route) is { TakesTokenInQuery: true } stream
        )
        {
            operation = stream;
        }

        if (operation is null && SelectorAlias.Rewrite(incoming) is { } rewritten)
        {
            incoming = rewritten;
            operation = OperationTable.Default.Match(incoming.Method, incoming.RawPath, out route);
        }

        if (operation is null)
        {
            throw ApiException.NotFound(
                $"There is no operation {UrlEncoding.Shorten(incoming.Method)} {UrlEncoding.Shorten(incoming.RawPath)}."
            );
        }

        if (entry is not null)
        {
            entry.OperationId = operation.Id;
        }

        var query = QueryValues.Parse(incoming.RawQuery);
        caller ??= Authenticate(operation, query, incoming);
        if (operation.ManagerOnly && !caller.IsManager)
        {
            throw ApiException.AccessDenied($"The operation '{operation.Id}' needs a manager's token (isAdmin).");
        }

        var handler = handlers.Find(operation.Id) ?? throw ApiException.NotBuilt(operation.Id, NotEmulated.ReasonOf(operation.Id));
        var body = operation.RawBody ? EmulatorJson.EmptyObject : ParseBody(incoming);
        body = Ignore(operation, incoming, query, body, entry);
        query.Check(operation);
        if (!operation.RawBody)
        {
            CheckBody(operation, body);
        }

        return await handler(new OperationRequest(operation, route, query, caller, body, incoming, shutdown));
    }

    private Principal Authenticate(Operation operation, QueryValues query, IncomingRequest incoming) =>
        operation.TakesTokenInQuery
            ? authenticator.AuthenticateToken(
                query.Text("token")
                    ?? throw ApiException.NotAuthenticated("There is no token: a stream of events takes it as the query parameter 'token'.")
            )
            : authenticator.Authenticate(incoming.Headers["Authorization"]);

    /// <summary>Takes out what the service ignores, and writes into the log what that was.</summary>
    /// <exception cref="ApiException">400: there is such a thing, and the request or the options ask to have it refused.</exception>
    private JsonElement Ignore(Operation operation, IncomingRequest incoming, QueryValues query, JsonElement body, RequestLog.Entry? entry)
    {
        var unknown = query.TakeUnknown(operation);
        var readOnly = RequestSchemas.FindReadOnly(operation, body);
        if (unknown.Count + readOnly.Count == 0)
        {
            return body;
        }

        if (CrossOrigin.AsksToBeStrict(incoming) ?? isStrict)
        {
            throw unknown.Count > 0
                ? QueryValues.Wrong(unknown[0], $"Unknown query parameter '{UrlEncoding.Shorten(unknown[0])}'.")
                : ApiException.BadRequest($"'{readOnly[0]}' is read-only: leave it out.", new JsonObject { ["path"] = "/" + readOnly[0] });
        }

        if (entry is not null)
        {
            entry.Ignored =
            [
                .. unknown.Select(static name => "query." + UrlEncoding.Shorten(name)),
                .. readOnly.Select(static name => "body." + name),
            ];
        }

        if (readOnly.Count == 0)
        {
            return body;
        }

        var rest = EmulatorJson.Edit(body);
        foreach (var name in readOnly)
        {
            rest.Remove(name);
        }

        return EmulatorJson.Freeze(rest);
    }

    private static JsonElement ParseBody(IncomingRequest incoming)
    {
        if (incoming.Body.Length == 0)
        {
            return EmulatorJson.EmptyObject;
        }

        if (incoming.ContentType is { Length: > 0 } type && type.IndexOf("json", StringComparison.OrdinalIgnoreCase) < 0)
        {
            throw ApiException.BadRequest($"The body must be JSON: Content-Type is '{UrlEncoding.Shorten(type)}'.");
        }

        try
        {
            return EmulatorJson.ParseForeign(incoming.Body);
        }
        catch (JsonException error)
        {
            throw ApiException.BadRequest("The body is not valid JSON: " + error.Message);
        }
    }

    private static void CheckBody(Operation operation, JsonElement body)
    {
        if (operation.RequestSchema is not null)
        {
            RequestSchemas.Check(operation.RequestSchema, body);
        }
        else if (body.ValueKind != JsonValueKind.Object || body.EnumerateObject().MoveNext())
        {
            throw ApiException.BadRequest($"The operation '{operation.Id}' takes no body.");
        }
    }

    private Reply Unexpected(IncomingRequest incoming, Exception error)
    {
        var errorId = "err_" + Guid.NewGuid().ToString("N");
        report($"Membrane emulator: {errorId} at {incoming.Method} {incoming.RawPath}: {error}");
        return Reply.Error(
            new ApiException(
                500,
                "internal",
                "internal",
                "Something unexpected happened in the emulator.",
                new JsonObject { ["errorId"] = errorId }
            )
        );
    }
}
