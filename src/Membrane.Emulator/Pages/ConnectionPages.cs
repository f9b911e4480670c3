using System;
using System.Collections.Generic;
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

    private Reply Open(PageAddress address, IncomingRequest request)
    {
        var parameters = PageParameters.Read(request);
        var token = parameters.Text("token") ?? throw ApiException.NotAuthenticated("There is no token in the address.");
        var caller = authenticator.AuthenticateToken(token);
        var tenantId = caller.TenantId ?? throw ApiException.BadRequest("The token is a manager's: connections belong to a tenant.");
        if (address.Kind == PageKind.Connection)
        {
            return connectionPage.Show(parameters, token, caller);
        }

        if (parameters.Text("connectionRequestId") is { } id)
        {
            return Reply.Redirect(
                RequestPage.PathOf(
                    Find(id) is { } asked && caller.Sees(asked)
                        ? asked.Id
                        : throw ApiException.NotFound("There is no such connection request.")
                )
            );
        }

        var again = address.Kind == PageKind.Reconnect;
        var made = connectRequest.Ask(parameters, tenantId, again ? null : address.Selector, again ? address.Selector : null);
        return made is null ? picker.Show(parameters, token, caller) : Reply.Redirect(RequestPage.PathOf(made.Id));
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

        try
        {
            connecting.Allow(request.Id, credentials, ending);
        }
        catch (ApiException error) when (error.Status is 400 or 404)
        {
            // What was asked for has been archived meanwhile, or its key is taken: nothing a person could repair here.
            connecting.Fail(request.Id, error.Message);
        }

        return Leave(request.Id);
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
                + Uri.EscapeDataString(RequestPage.Reason(request))
                + (request.Body.Member("resultError") is { } error ? "&errorData=" + Uri.EscapeDataString(error.GetRawText()) : "");
        var builder = new UriBuilder(uri);
        builder.Query = builder.Query.Length > 1 ? builder.Query.Substring(1) + "&" + result : result;
        return builder.Uri.AbsoluteUri;
    }

    private StoredElement? Find(string? id) => access.Store.Find(Collections.ConnectionRequests, id);

    private static Dictionary<string, string> Problems(string field, string problem) => new(StringComparer.Ordinal) { [field] = problem };

    private static Reply Unknown() =>
        Problem("Request not found", "This address belongs to no connection request of this workspace. Ask for a new one.", 404);

    private static Reply Problem(string title, string text, int status) => PageLayout.Problem(title, text, status);
}
