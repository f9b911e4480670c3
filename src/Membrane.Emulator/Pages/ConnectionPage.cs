using System;
using System.Collections.Generic;
using Membrane.Emulator.Authentication;
using Membrane.Emulator.Connections;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Pages;

/// <summary>How a connection is, and the way to connect it again.</summary>
internal sealed class ConnectionPage(WorkspaceStore store, ElementFinder finder, ConnectionService connecting)
{
    public Reply Show(PageParameters parameters, string token, Principal caller)
    {
        var selector = parameters.Text("connectionId") ?? throw ApiException.BadRequest("'connectionId' is missing.");
        var connection = finder.FindCurrent(ElementKinds.Connection, selector, caller);
        var logo = store.Find(Collections.Connectors, connection.ConnectorId)?.Text("logoUri");
        (var state, var explanation) = Explain(connection);
        var html = new List<string> { PageLayout.Header(connection.Name, logo) };
        html.Add($"<p><span class=\"state\">{state}</span></p><p>{explanation}</p>");
        if (connection.Body.Member("error")?.Text("message") is { } error)
        {
            html.Add($"<p class=\"bad\">{PageLayout.Text(error)}</p>");
        }

        html.Add("<dl>");
        Fact(html, "App", connecting.Of(connection).Name);
        Fact(html, "Connection", connection.Id);
        Fact(html, "Created", Day(connection.Text("createdAt")));
        Fact(html, "Last used", Day(connection.Text("lastActiveAt")));
        html.Add("</dl>");
        var theme = PageLayout.Hidden("theme", parameters.Text("theme")) + PageLayout.Hidden("token", token);
        if (connection.State == "BUILDING")
        {
            html.Add($"<form method=\"post\" action=\"/screens/connection\">{theme}{PageLayout.Hidden("connectionId", connection.Id)}");
            html.Add("<div class=\"buttons\"><button class=\"main\">Look again</button></div></form>");
        }
        else
        {
            var works = connection.State == "READY" && connection.Body.Flag("connected");
            html.Add(
                $"<form method=\"post\" "
                    + $"action=\"/embed/connections/{PageLayout.Text(Uri.EscapeDataString(connection.Id))}/refresh\">{theme}"
            );
            html.Add($"<div class=\"buttons\"><button{(works ? "" : " class=\"main\"")}>Connect again</button></div></form>");
        }

        html.Add(PageLayout.CloseButton("Close"));
        return PageLayout.Answer(connection.Name, string.Concat(html), 200, parameters.Text("theme"));
    }

    private static (string State, string Explanation) Explain(StoredElement connection)
    {
        if (connection.Body.Flag("isDefunct"))
        {
            return ("Broken", "The app has ended this connection. Connect it again to go on using it.");
        }

        return connection.State switch
        {
            "READY" => ("Ready", "It works. There is nothing to do."),
            "BUILDING" => ("Being set up", "Membrane is still building this connection. It takes a moment."),
            "CLIENT_ACTION_REQUIRED" => ("Needs you", "It cannot be used before you let the app be connected."),
            "SETUP_FAILED" => ("Set-up failed", "The app let you in, but the connection could not be set up."),
            "CONFIGURATION_ERROR" => ("Wrongly configured", "An administrator of this workspace has to correct it."),
            "DISCONNECTING" => ("Being disconnected", "Its credentials are being erased."),
            _ => ("Unknown", "The emulator does not know this state."),
        };
    }

    private static string? Day(string? time) =>
        EmulatorJson.TryReadTime(time, out var moment)
            ? moment.ToString("d MMMM yyyy, HH:mm 'UTC'", System.Globalization.CultureInfo.InvariantCulture)
            : null;

    private static void Fact(List<string> html, string name, string? value)
    {
        if (value is not null)
        {
            html.Add($"<dt>{name}</dt><dd>{PageLayout.Text(value)}</dd>");
        }
    }
}
