using System;
using System.Collections.Generic;
using System.Linq;
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
    private static readonly PageTemplate Page = PageTemplate.Read("ConnectionPage.html");

    public Reply Show(PageParameters parameters, string token, Principal caller)
    {
        var selector = parameters.Text("connectionId") ?? throw ApiException.BadRequest("'connectionId' is missing.");
        var connection = finder.FindCurrent(ElementKinds.Connection, selector, caller);
        (var state, var explanation) = Explain(connection);
        var isBuilding = connection.State == ElementState.Building;
        var theme = parameters.Text("theme");
        var content = Page.Fill(
            new PageValues
            {
                { "Title", connection.Name },
                { "Logo", store.Find(Collections.Connectors, connection.ConnectorId)?.Text("logoUri") },
                { "State", state },
                { "Explanation", explanation },
                { "Error", connection.Body.Member("error")?.Text("message") },
                { "Facts", Facts(connection) },
                { "IsBuilding", isBuilding },
                { "Works", connection.State == ElementState.Ready && connection.Body.Flag("connected") },
                { "ConnectText", connection.Text("lastActiveAt") is null ? "Connect" : "Connect again" },
                { "RefreshPath", $"/embed/connections/{Uri.EscapeDataString(connection.Id)}/refresh" },
                { "Hidden", PageLayout.Hidden(("theme", theme), ("token", token), ("connectionId", isBuilding ? connection.Id : null)) },
                { "CloseText", "Close" },
            }
        );
        return PageLayout.Answer(connection.Name, content, 200, theme);
    }

    private IEnumerable<PageValues> Facts(StoredElement connection) =>
        new (string Name, string? Value)[]
        {
            ("App", connecting.Of(connection).Name),
            ("Connection", connection.Id),
            ("Created", Day(connection.Text("createdAt"))),
            ("Last used", Day(connection.Text("lastActiveAt"))),
        }
            .Where(fact => fact.Value is not null)
            .Select(fact => new PageValues { { "Name", fact.Name }, { "Value", fact.Value } });

    private static (string State, string Explanation) Explain(StoredElement connection)
    {
        if (connection.Body.Flag("isDefunct"))
        {
            return ("Broken", "The app has ended this connection. Connect it again to go on using it.");
        }

        return connection.State switch
        {
            ElementState.Ready => ("Ready", "It works. There is nothing to do."),
            ElementState.Building => ("Being set up", "Membrane is still building this connection. It takes a moment."),
            ElementState.ClientActionRequired => ("Needs you", "It cannot be used before you let the app be connected."),
            ElementState.SetupFailed => ("Set-up failed", "The app let you in, but the connection could not be set up."),
            ElementState.ConfigurationError => ("Wrongly configured", "An administrator of this workspace has to correct it."),
            ElementState.Disconnecting => ("Being disconnected", "Its credentials are being erased."),
            _ => ("Unknown", "The emulator does not know this state."),
        };
    }

    private static string? Day(string? time) =>
        EmulatorJson.TryReadTime(time, out var moment)
            ? moment.ToString("d MMMM yyyy, HH:mm 'UTC'", System.Globalization.CultureInfo.InvariantCulture)
            : null;
}
