using System.Collections.Generic;
using System.Linq;
using Membrane.Emulator.Authentication;
using Membrane.Emulator.Http;
using Membrane.Emulator.Ranking;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Pages;

/// <summary>Choosing the app to connect. The token goes on in the form, never in an address.</summary>
internal sealed class AppPicker(WorkspaceStore store)
{
    private const int Shown = 30;

    private static readonly string[] Kept = { "name", "redirectUri", "requestId", "theme", "connectorParameters" };

    public Reply Show(PageParameters parameters, string token, Principal caller)
    {
        var search = parameters.Text("search") ?? parameters.Text("intent");
        var apps = store.All(Collections.Integrations, one => !one.IsArchived && caller.Sees(one));
        var found = search is null ? apps : NameSearch.Rank(apps, search).ToArray();
        if (found.Length == 0 && search is not null)
        {
            found = new Intent(search).Rank(apps).ToArray();
        }

        var html = new List<string> { PageLayout.Header("Connect an app", null) };
        html.Add("<form method=\"post\" action=\"/screens/connect\">" + State(parameters, token));
        html.Add(
            $"<label for=\"search\">Find an app</label><input id=\"search\" name=\"search\" type=\"search\" autocomplete=\"off\" "
                + $"autofocus value=\"{PageLayout.Text(search ?? "")}\">"
        );
        html.Add("<div class=\"buttons\"><button class=\"main\">Search</button></div></form>");
        html.Add($"<p class=\"soft small\" role=\"status\">{Count(found.Length)}</p>");
        html.Add("<form method=\"post\" action=\"/screens/connect\">" + State(parameters, token) + "<ul class=\"apps\">");
        foreach (var app in found.Take(Shown))
        {
            html.Add(
                $"<li><button name=\"integrationId\" value=\"{PageLayout.Text(app.Id)}\"><img "
                    + $"src=\"{PageLayout.Text(app.Text("logoUri") ?? "")}\" alt=\"\">{PageLayout.Text(app.Name)}</button></li>"
            );
        }

        html.Add("</ul></form>" + PageLayout.CloseButton("Close"));
        return PageLayout.Answer("Connect an app", string.Concat(html), 200, parameters.Text("theme"));
    }

    private static string Count(int found) =>
        found switch
        {
            0 => "No app is called that.",
            1 => "1 app",
            > Shown => $"{found} apps, the first {Shown} of them here. Search to see others.",
            _ => $"{found} apps",
        };

    private static string State(PageParameters parameters, string token) =>
        PageLayout.Hidden("token", token)
        + string.Concat(
            Kept.Select(name =>
                PageLayout.Hidden(name, name == "connectorParameters" ? parameters.Object(name)?.ToJsonString() : parameters.Text(name))
            )
        )
        + PageLayout.Hidden("allowMultipleConnections", parameters.Flag("allowMultipleConnections") ? "1" : null);
}
