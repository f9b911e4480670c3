using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using Membrane.Emulator.Authentication;
using Membrane.Emulator.Connections;
using Membrane.Emulator.Contract;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Pages;

/// <summary>The pages on which a person connects an app, connects it again, or refuses.</summary>
internal sealed class ConnectionPages(ElementAccess access, ConnectionService connecting, Authenticator authenticator)
{
    private readonly ConnectRequest connectRequest = new ConnectRequest(access.Store, connecting);
    private readonly RequestPage requestPage = new RequestPage(access.Store, access.View, connecting);
    private readonly AppPicker picker = new AppPicker(access.Store);
    private readonly ConnectionPage connectionPage = new ConnectionPage(access.Store, access.Finder, connecting);

    /// <summary>Answers the request; null when the address belongs to no page.</summary>
    public Reply? Handle(IncomingRequest request)
    {
        if (request.Method is not ("GET" or "HEAD" or "POST") || PageAddress.Read(request) is not { } address)
        {
            return null;
        }

        try
        {
            return address.Kind switch
            {
                PageKind.Request => request.Method == "POST" ? Answer(request) : Show(request),
                PageKind.NotBuilt => Problem("Not in the emulator", "Membrane has a page here that the emulator does not have.", 501),
                _ => Open(address, request),
            };
        }
        catch (ApiException error)
        {
            return Problem("This address cannot be used", error.Message, error.Status);
        }
    }

    /// <summary>
    /// Opens a page. Who waits for the outcome is told of an error, too: the SDK's frame without size would wait for ever.
    /// </summary>
    private Reply Open(PageAddress address, IncomingRequest request)
    {
        var parameters = PageParameters.Read(request);
        var messageId = parameters.Text("requestId");
        string? tenantId = null;
        try
        {
            var token = parameters.Text("token") ?? throw ApiException.NotAuthenticated("There is no token in the address.");
            var caller = authenticator.AuthenticateToken(token);
            tenantId = caller.TenantId ?? throw ApiException.BadRequest("The token is a manager's: connections belong to a tenant.");
            return Open(address, parameters, token, caller);
        }
        catch (ApiException error) when (messageId is not null)
        {
            // Without a tenant there is no one whose stream could tell, and no leave to send the browser elsewhere.
            return tenantId is null
                ? PageLayout.Problem(
                    "This address cannot be used",
                    error.Message,
                    error.Status,
                    outcome: ConnectionOutcome.Of(error, messageId)
                )
                : Leave(connectRequest.Reject(parameters, tenantId, error).Id);
        }
    }

    private Reply Open(PageAddress address, PageParameters parameters, string token, Principal caller)
    {
        if (address.Kind == PageKind.Connection)
        {
            return connectionPage.Show(parameters, token, caller);
        }

        if (parameters.Text("connectionRequestId") is { } id)
        {
            var asked =
                Find(id) is { } found && caller.Sees(found) ? found : throw ApiException.NotFound("There is no such connection request.");
            if (parameters.Text("requestId") is { } messageId && asked.RequestStatus == ConnectionRequestStatus.Pending)
            {
                connecting.Expect(asked.Id, messageId);
            }

            return Reply.Redirect(RequestPage.PathOf(asked.Id));
        }

        var again = address.Kind == PageKind.Reconnect;
        var made = connectRequest.Ask(parameters, caller.TenantId!, again ? null : address.Selector, again ? address.Selector : null);
        return made is null ? picker.Show(parameters, token, caller)
            : ConnectAlone(made, address) ? Leave(made.Id)
            : Reply.Redirect(RequestPage.PathOf(made.Id));
    }

    /// <summary>
    /// Connects without a person, or fails: so it is asked for with an option of client credentials, which the SDK opens in a frame without
    /// size. False if a person has to be asked.
    /// </summary>
    private bool ConnectAlone(StoredElement request, PageAddress address)
    {
        if (!address.IsForProgram || request.RequestStatus != ConnectionRequestStatus.Pending)
        {
            return false;
        }

        var isNamed = request.Text("authOptionKey") is not null;
        var option =
            requestPage.OptionOf(request)
            ?? throw ApiException.BadRequest(
                $"There is no 'authOptionKey' {UrlEncoding.Shorten(request.Text("authOptionKey")!)} for this app: POST /connection-options "
                    + $"lists its options."
            );
        var input = request.Input;
        if (option.Type != AuthOption.ClientCredentials || (!isNamed && input is null))
        {
            return false;
        }

        var given = input ?? EmulatorJson.EmptyObject;
        if (requestPage.FieldsOf(request)?.FindProblem(given) is { } problem)
        {
            if (!isNamed)
            {
                return false;
            }

            connecting.Fail(request.Id, problem);
            return true;
        }

        AllowOrFail(request, EmulatorJson.Edit(given), ConnectionEnding.Ready);
        return true;
    }

    private Reply Show(IncomingRequest incoming) =>
        Find(QueryValues.Parse(incoming.RawQuery).Text("connectionRequestId")) is { } request ? requestPage.Show(request) : Unknown();

    /// <summary>Takes the answer of the person.</summary>
    private Reply Answer(IncomingRequest incoming)
    {
        var form = QueryValues.Parse(Encoding.UTF8.GetString(incoming.Body));
        var request = Find(QueryValues.Parse(incoming.RawQuery).Text("connectionRequestId") ?? form.Text("connectionRequestId"));
        if (request is null)
        {
            return Unknown();
        }

        if (request.RequestStatus != ConnectionRequestStatus.Pending)
        {
            return requestPage.Show(request);
        }

        switch (form.Text("decision"))
        {
            case "allow":
                return Allow(request, form, ConnectionEnding.Ready);
            case "fail-setup":
                return Allow(request, form, ConnectionEnding.SetupFailed);
            case "break":
                return Allow(request, form, ConnectionEnding.Defunct);
            case "fail":
                connecting.Fail(request.Id, "The app answered with an error.");
                return Leave(request.Id);
            case "refuse":
                connecting.Refuse(request.Id, cancelled: false);
                return Leave(request.Id);
            case "cancel":
                connecting.Refuse(request.Id, cancelled: true);
                return Leave(request.Id);
            default:
                return requestPage.Ask(request, form, Problems("", "Choose one of the buttons."));
        }
    }

    private Reply Allow(StoredElement request, QueryValues form, ConnectionEnding ending)
    {
        JsonObject? credentials = null;
        if (ending != ConnectionEnding.SetupFailed && requestPage.FieldsOf(request) is { } fields)
        {
            credentials = fields.Read(form, out var problems);
            if (problems.Count > 0)
            {
                return requestPage.Ask(request, form, problems);
            }
        }

        AllowOrFail(request, credentials, ending);
        return Leave(request.Id);
    }

    private void AllowOrFail(StoredElement request, JsonObject? credentials, ConnectionEnding ending)
    {
        try
        {
            connecting.Allow(request.Id, credentials, ending);
        }
        catch (ApiException error) when (error.Status is 400 or 404)
        {
            // What was asked for has been archived meanwhile, or its key is taken: nothing a person could repair here.
            connecting.Fail(request.Id, error.Message);
        }
    }

    /// <summary>Redirects to where the request wants the user to be, else shows how it ended.</summary>
    private Reply Leave(string requestId)
    {
        var request = Find(requestId)!;
        return RedirectAddress(request) is { } address
            ? Reply.Redirect(address).With("Referrer-Policy", "no-referrer")
            : requestPage.Show(request);
    }

    private static string? RedirectAddress(StoredElement request)
    {
        if (
            request.Text("redirectUri") is not { } text
            || !Uri.TryCreate(text, UriKind.Absolute, out var uri)
            || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
        )
        {
            return null;
        }

        var result = request.Text("resultConnectionId") is { } connectionId
            ? "connectionId=" + Uri.EscapeDataString(connectionId)
            : "error="
                + Uri.EscapeDataString(ConnectionOutcome.Reason(request))
                + (request.Body.Member("resultError") is { } error ? "&errorData=" + Uri.EscapeDataString(error.GetRawText()) : "");
        var builder = new UriBuilder(uri);
        builder.Query = string.Join("&", [.. OwnQuery(builder.Query), result]);
        return builder.Uri.AbsoluteUri;
    }

    /// <summary>Returns the page's own query, without the result of an earlier attempt.</summary>
    private static IEnumerable<string> OwnQuery(string query) =>
        query
            .TrimStart('?')
            .Split('&')
            .Where(static pair => pair.Length > 0 && pair.Split('=')[0] is not ("connectionId" or "error" or "errorData"));

    private StoredElement? Find(string? id) => access.Store.Find(Collections.ConnectionRequests, id);

    private static Dictionary<string, string> Problems(string field, string problem) => new(StringComparer.Ordinal) { [field] = problem };

    private static Reply Unknown() =>
        Problem("Request not found", "This address belongs to no connection request of this workspace. Ask for a new one.", 404);

    private static Reply Problem(string title, string text, int status) => PageLayout.Problem(title, text, status);
}
