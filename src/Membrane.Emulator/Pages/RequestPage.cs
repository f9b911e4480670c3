using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json.Nodes;
using Membrane.Emulator.Connections;
using Membrane.Emulator.Contract;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Pages;

/// <summary>A connection request as a page: the question while it is open, the result afterwards.</summary>
internal sealed class RequestPage(WorkspaceStore store, ElementView view, ConnectionService connecting)
{
    private static readonly IReadOnlyDictionary<string, string> NoProblems = new Dictionary<string, string>();

    public static string PathOf(string requestId) => "/screens/connections?connectionRequestId=" + Uri.EscapeDataString(requestId);

    /// <summary>What the app wants to have typed in; null when it asks on a page of its own, as OAuth apps do.</summary>
    public CredentialFields? FieldsOf(StoredElement request) =>
        ConnectionService.CredentialsSchema(Connector(request)) is { } schema ? new CredentialFields(schema) : null;

    public static string Reason(StoredElement request) =>
        request.Body.Member("resultError") is { } error ? error.Text("message") ?? "error" : "The person left without answering.";

    public Reply Show(StoredElement request)
    {
        var app = App(request);
        switch (request.Text("status"))
        {
            case "success":
                return Ended(request, $"{app} is connected", "<p class=\"good\" role=\"status\">All done. You can close this page.</p>");
            case "error":
                return Ended(
                    request,
                    $"{app} was not connected",
                    $"<p class=\"bad\" role=\"status\">{PageLayout.Text(Reason(request))}</p><p>You can close this page and try again "
                        + $"later.</p>"
                );
            case "cancelled":
                return Ended(
                    request,
                    "Nothing was connected",
                    "<p role=\"status\">You can close this page. The app that asked may ask again.</p>"
                );
            default:
                return Ask(request, null, NoProblems);
        }
    }

    /// <summary>The question, once more when the answer to it was not good.</summary>
    public Reply Ask(StoredElement request, QueryValues? form, IReadOnlyDictionary<string, string> problems)
    {
        var app = App(request);
        var tenant = store.Find(Collections.Customers, request.TenantId)?.Name ?? "this tenant";
        var fields = FieldsOf(request);
        StoredElement? old;
        try
        {
            old = connecting.WouldReuse(request);
        }
        catch (ApiException error)
        {
            var gone = $"{app} cannot be connected";
            return PageLayout.Answer(
                gone,
                PageLayout.Header(gone, LogoOf(request))
                    + $"<p class=\"bad\">{PageLayout.Text(error.Message)}</p>"
                    + PageLayout.CloseButton("Close"),
                410,
                request.Text("_theme")
            );
        }

        var title = old is null ? $"Connect {app}" : $"Connect {app} again";
        var html = new List<string> { PageLayout.Header(title, LogoOf(request)) };
        html.Add(
            $"<p><strong>{PageLayout.Text(tenant)}</strong> would like to use {PageLayout.Text(app)} through Membrane. It will be able "
                + $"to:</p>"
        );
        html.Add("<ul>");
        foreach (var line in AccessSummary.Of(Actions(request), app))
        {
            html.Add($"<li>{PageLayout.Text(line)}</li>");
        }

        html.Add("</ul>");
        if (old is not null)
        {
            html.Add($"<p class=\"soft small\">The connection “{PageLayout.Text(old.Name)}” is there already; it will be used again.</p>");
        }

        // What is wrong with a field stands at the field.
        if (problems.TryGetValue("", out var whole))
        {
            html.Add($"<p class=\"bad\" role=\"alert\">{PageLayout.Text(whole)}</p>");
        }

        html.Add($"<form method=\"post\" action=\"{PageLayout.Text(PathOf(request.Id))}\">");
        if (fields is not null)
        {
            html.Add(fields.Render(form, problems));
        }

        html.Add("<div class=\"buttons\">");
        html.Add($"<button class=\"main\" name=\"decision\" value=\"allow\">{(fields is null ? "Allow" : "Connect")}</button>");
        html.Add("<button name=\"decision\" value=\"refuse\" formnovalidate>Refuse</button>");
        html.Add("<button class=\"quiet\" name=\"decision\" value=\"cancel\" formnovalidate>Not now</button></div>");
        html.Add("<details><summary>Try another outcome</summary><div class=\"buttons\">");
        html.Add("<button name=\"decision\" value=\"fail\" formnovalidate>The app answers with an error</button>");
        html.Add("<button name=\"decision\" value=\"fail-setup\" formnovalidate>The connection cannot be set up</button>");
        html.Add("<button name=\"decision\" value=\"break\">It connects, then breaks for good</button></div></details></form>");
        return PageLayout.Answer(title, string.Concat(html), problems.Count > 0 ? 400 : 200, request.Text("_theme"));
    }

    private Reply Ended(StoredElement request, string title, string content) =>
        PageLayout.Answer(
            title,
            PageLayout.Header(title, LogoOf(request))
                + content
                + PageLayout.CloseButton("Done")
                + $"<script type=\"application/json\" id=\"outcome\">{Message(request)}</script>",
            200,
            request.Text("_theme")
        );

    /// <summary>What the window that opened the page is told, in the form of the vendor's SDK.</summary>
    private string Message(StoredElement request)
    {
        var message = new JsonObject { ["source"] = "integration.app" };
        if (request.Text("_messageId") is { } messageId)
        {
            message["requestId"] = messageId;
        }

        if (store.Find(Collections.Connections, request.Text("resultConnectionId")) is { } connection)
        {
            message["type"] = "newConnectionCreated";
            message["connection"] = EmulatorJson.ToNode(EmulatorJson.Parse(EmulatorJson.Write(writer => view.Write(writer, connection))));
        }
        else
        {
            message["type"] = "newConnectionFailure";
            message["error"] = Reason(request);
            if (request.Body.Member("resultError") is { } error)
            {
                message["errorData"] = EmulatorJson.ToNode(error);
            }

            if ((request.ConnectionId ?? request.Body.Member("resultError")?.Member("data")?.Text("connectionId")) is { } connectionId)
            {
                message["connectionId"] = connectionId;
            }
        }

        // The end of a script element must not stand in it, whatever a name holds.
        return Encoding.UTF8.GetString(EmulatorJson.ToBytes(message)).Replace("<", "\\u003c");
    }

    private StoredElement? Connector(StoredElement request) =>
        store.Find(Collections.Connectors, request.ConnectorId ?? Connection(request)?.ConnectorId);

    private StoredElement? Connection(StoredElement request) => store.Find(Collections.Connections, request.ConnectionId);

    private StoredElement? Integration(StoredElement request) =>
        store.Find(Collections.Integrations, request.IntegrationId ?? Connection(request)?.IntegrationId);

    private string App(StoredElement request) =>
        Integration(request)?.Name ?? Connector(request)?.Name ?? Connection(request)?.Name ?? "the app";

    private string? LogoOf(StoredElement request) => Connector(request)?.Text("logoUri");

    private StoredElement[] Actions(StoredElement request) =>
        Integration(request) is { } integration
            ? store.All(
                Collections.Actions,
                action => action.IntegrationId == integration.Id && action.ConnectionId is null && !action.IsArchived
            )
            : Array.Empty<StoredElement>();
}
