using System;
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
            return await Operate(incoming, static _ => { }, () => caller, shutdown);
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
        Operate(
            incoming,
            operationId => entry.OperationId = operationId,
            () => authenticator.Authenticate(incoming.Headers["Authorization"]),
            shutdown
        );

    private async Task<Reply> Operate(
        IncomingRequest incoming,
        System.Action<string> found,
        Func<Principal> authenticate,
        CancellationToken shutdown
    )
    {
        var operation = OperationTable.Default.Match(incoming.Method, incoming.RawPath, out var route);
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

        found(operation.Id);
        var caller = authenticate();
        if (operation.ManagerOnly && !caller.IsManager)
        {
            throw ApiException.AccessDenied($"The operation '{operation.Id}' needs a manager's token (isAdmin).");
        }

        var handler = handlers.Find(operation.Id) ?? throw ApiException.NotBuilt(operation.Id);
        var query = QueryValues.Parse(incoming.RawQuery);
        query.Check(operation);
        var body = operation.RawBody ? EmulatorJson.EmptyObject : ReadBody(operation, incoming);
        return await handler(new OperationRequest(operation, route, query, caller, body, incoming, shutdown));
    }

    private static JsonElement ReadBody(Operation operation, IncomingRequest incoming)
    {
        var body = EmulatorJson.EmptyObject;
        if (incoming.Body.Length > 0)
        {
            if (incoming.ContentType is { Length: > 0 } type && type.IndexOf("json", StringComparison.OrdinalIgnoreCase) < 0)
            {
                throw ApiException.BadRequest($"The body must be JSON: Content-Type is '{UrlEncoding.Shorten(type)}'.");
            }

            try
            {
                body = EmulatorJson.ParseForeign(incoming.Body);
            }
            catch (JsonException error)
            {
                throw ApiException.BadRequest("The body is not valid JSON: " + error.Message);
            }
        }

        if (operation.RequestSchema is not null)
        {
            RequestSchemas.Check(operation.RequestSchema, body);
        }
        else if (body.ValueKind != JsonValueKind.Object || body.EnumerateObject().MoveNext())
        {
            throw ApiException.BadRequest($"The operation '{operation.Id}' takes no body.");
        }

        return body;
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
