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
    private const string Title = "Connect an app";

    private static readonly PageTemplate Page = PageTemplate.Read("AppPicker.html");

    private static readonly string[] Kept =
    {
        "name",
        "connectionKey",
        "authOptionKey",
        "customState",
        "redirectUri",
        "requestId",
        "theme",
    };

    private static readonly string[] KeptObjects = { "connectorParameters", "input", "connectionParameters" };

    public Reply Show(PageParameters parameters, string token, Principal caller)
    {
        var search = parameters.Text("search") ?? parameters.Text("intent");
        var apps = store.All(Collections.Integrations, one => !one.IsArchived && caller.Sees(one));
        var found = search is null ? apps : NameSearch.Rank(apps, search).ToArray();
        if (found.Length == 0 && search is not null)
        {
            found = new Intent(search).Rank(apps).ToArray();
        }

        var content = Page.Fill(
            new PageValues
            {
                { "Title", Title },
                { "Logo", (string?)null },
                { "Hidden", State(parameters, token) },
                { "Search", search },
                { "Count", Count(found.Length) },
                { "Apps", found.Take(Shown).Select(Line) },
                { "CloseText", "Close" },
            }
        );
        return PageLayout.Answer(Title, content, 200, parameters.Text("theme"));
    }

    private static PageValues Line(StoredElement app) =>
        new()
        {
            { "Id", app.Id },
            { "AppLogo", app.Text("logoUri") },
            { "Name", app.Name },
        };

    private static string Count(int found) =>
        found switch
        {
            0 => "No app is called that.",
            1 => "1 app",
            > Shown => $"{found} apps, the first {Shown} of them here. Search to see others.",
            _ => $"{found} apps",
        };

    private static IEnumerable<PageValues> State(PageParameters parameters, string token) =>
        PageLayout.Hidden(
            Kept.Select(name => (name, parameters.Text(name)))
                .Concat(KeptObjects.Select(name => (name, parameters.Object(name)?.ToJsonString())))
                .Prepend(("token", token))
                .Append(("allowMultipleConnections", parameters.Flag("allowMultipleConnections") ? "1" : null))
                .ToArray()
        );
}
