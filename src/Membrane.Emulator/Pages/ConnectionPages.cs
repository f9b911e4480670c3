using System;
using System.Collections.Generic;
using System.Text.Json.Nodes;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;
using Membrane.Emulator.Workspace;

namespace Membrane.Emulator.Pages;

/// <summary>The page behind a connection request: a person allows or refuses.</summary>
internal sealed class ConnectionPages
{
    public const string Path = "/screens/connections";

    private readonly EmulatorWorkspace workspace;

    public ConnectionPages(EmulatorWorkspace workspace) => this.workspace = workspace;

    public Reply Show(QueryValues query) =>
        Find(query.Text("connectionRequestId")) is { } request ? Render(request, null, 200) : Unknown();

    /// <summary>Takes the answer of the person.</summary>
    public Reply Answer(QueryValues query, QueryValues form)
    {
        Element? request = Find(query.Text("connectionRequestId") ?? form.Text("connectionRequestId"));
        if (request is null)
            return Unknown();

        if (request.Text("status") != "pending")
            return Render(request, null, 200);

        switch (form.Text("decision"))
        {
            case "allow":
                return Allow(request, form);
            case "refuse":
                workspace.Connecting.Refuse(request.Id, cancelled: false);
                return Leave(request.Id);
            case "cancel":
                workspace.Connecting.Refuse(request.Id, cancelled: true);
                return Leave(request.Id);
            default:
                return Render(request, "Choose one of the buttons.", 400);
        }
    }

    private Reply Allow(Element request, QueryValues form)
    {
        JsonObject? credentials = null;
        if (NeedsApiKey(request))
        {
            string? apiKey = form.Text("apiKey")?.Trim();
            if (string.IsNullOrEmpty(apiKey))
                return Render(request, "Enter the API key.", 400);

            credentials = new JsonObject { ["apiKey"] = apiKey };
        }

        workspace.Connecting.Allow(request.Id, credentials);
        return Leave(request.Id);
    }

    /// <summary>Back to where the request wants the person to be, else to the page that says how it ended.</summary>
    private Reply Leave(string requestId)
    {
        Element request = Find(requestId)!;
        return RedirectAddress(request) is { } address ? Reply.Redirect(address) : Render(request, null, 200);
    }

    private static string? RedirectAddress(Element request)
    {
        if (request.Text("redirectUri") is not { } text
            || !Uri.TryCreate(text, UriKind.Absolute, out Uri? uri)
            || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
        {
            return null;
        }

        string result = request.Text("resultConnectionId") is { } connectionId
            ? "connectionId=" + Uri.EscapeDataString(connectionId)
            : "error=" + Uri.EscapeDataString(Reason(request))
                + (request.Body.Member("resultError") is { } error ? "&errorData=" + Uri.EscapeDataString(error.GetRawText()) : "");
        var builder = new UriBuilder(uri);
        builder.Query = builder.Query.Length > 1 ? builder.Query.Substring(1) + "&" + result : result;
        return builder.Uri.AbsoluteUri;
    }

    private static string Reason(Element request) =>
        request.Body.Member("resultError") is { } error ? error.Text("message") ?? "error" : "The person left without answering.";

    private Element? Find(string? id) => workspace.Store.Find(Collections.ConnectionRequests, id);

    private bool NeedsApiKey(Element request) =>
        workspace.Store.Find(Collections.Connectors, request.ConnectorId)?.Body.Member("credentialsSchema") is not null;

    private static Reply Unknown() => Secure(Reply.Html(
        PageLayout.Page("Request not found", "<h1>Request not found</h1><p>This address belongs to no connection request of this workspace. Ask for a new one.</p>"), 404));

    private Reply Render(Element request, string? problem, int status)
    {
        string app = AppName(request);
        string title = request.Text("status") switch
        {
            "success" => $"{app} is connected",
            "error" => $"{app} was not connected",
            "cancelled" => "Cancelled",
            _ => $"Connect {app}",
        };
        string content = Heading(request, title) + (request.Text("status") switch
        {
            "success" => "<p class=\"good\">You can close this page.</p>",
            "error" => $"<p class=\"bad\">{PageLayout.Text(Reason(request))}</p><p>You can close this page.</p>",
            "cancelled" => "<p>Nothing was connected. You can close this page.</p>",
            _ => Form(request, app, problem),
        });
        return Secure(Reply.Html(PageLayout.Page(title, content), status));
    }

    private string Heading(Element request, string title)
    {
        string? logo = workspace.Store.Find(Collections.Connectors, request.ConnectorId)?.Text("logoUri");
        string image = logo is null ? "" : $"<img src=\"{PageLayout.Text(logo)}\" alt=\"\">";
        return $"<header>{image}<h1>{PageLayout.Text(title)}</h1></header>";
    }

    private string Form(Element request, string app, string? problem)
    {
        string tenant = workspace.Store.Find(Collections.Customers, request.TenantId)?.Name ?? "this tenant";
        bool apiKey = NeedsApiKey(request);
        var lines = new List<string>
        {
            $"<p><strong>{PageLayout.Text(tenant)}</strong> would like to use {PageLayout.Text(app)} through Membrane. It will be able to:</p>",
            "<ul><li>read your data in the app</li><li>create, change and delete it on your behalf</li></ul>",
        };
        if (problem is not null)
            lines.Add($"<p class=\"bad\" role=\"alert\" id=\"problem\">{PageLayout.Text(problem)}</p>");

        lines.Add($"<form method=\"post\" action=\"{Path}?connectionRequestId={PageLayout.Text(Uri.EscapeDataString(request.Id))}\">");
        if (apiKey)
            lines.Add($"<label for=\"apiKey\">API key</label><input id=\"apiKey\" name=\"apiKey\" type=\"password\" autocomplete=\"off\"{(problem is null ? "" : " aria-describedby=\"problem\" aria-invalid=\"true\"")}>");

        lines.Add("<div class=\"buttons\">");
        lines.Add("<button class=\"main\" name=\"decision\" value=\"allow\">Allow</button>");
        lines.Add("<button name=\"decision\" value=\"refuse\">Refuse</button>");
        lines.Add("<button name=\"decision\" value=\"cancel\">Not now</button>");
        lines.Add("</div></form>");
        return string.Concat(lines);
    }

    private string AppName(Element request) =>
        workspace.Store.Find(Collections.Integrations, request.IntegrationId)?.Name
        ?? workspace.Store.Find(Collections.Connectors, request.ConnectorId)?.Name
        ?? workspace.Store.Find(Collections.Connections, request.ConnectionId)?.Name
        ?? "the app";

    private static Reply Secure(Reply reply) => reply
        .With("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'")
        .With("Referrer-Policy", "no-referrer")
        .With("X-Content-Type-Options", "nosniff")
        .With("Cache-Control", "no-store");
}
