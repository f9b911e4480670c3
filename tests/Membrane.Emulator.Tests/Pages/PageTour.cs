using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Membrane.Emulator.Tests.Support;

namespace Membrane.Emulator.Tests.Pages;

/// <summary>A walk through every page, with one text in every place where a text from outside can stand.</summary>
internal sealed class PageTour(TestWorkspace workspace, string text)
{
    private readonly Dictionary<string, Answer> pages = new();
    private readonly Visitor visitor = new(workspace);

    private string Alice { get; } = Token.Tenant("alice-" + text, text);

    public async Task<IReadOnlyDictionary<string, Answer>> Walk()
    {
        await Connections();
        await ChooseAnApp();
        await Problems();
        await SignIn();
        pages["logo"] = (await workspace.Nobody.Get($"/logos/{Uri.EscapeDataString(text)}.svg")).Ok();
        return pages;
    }

    private async Task Connections()
    {
        var connector = (await workspace.Manager.Post("/connectors", JsonSerializer.Serialize(Connector()))).Ok();
        var connectorId = connector["id"];
        var integration = new
        {
            name = text,
            key = "toured",
            connectorId,
        };
        (await workspace.Manager.Post("/integrations", integration)).Ok();
        var alice = workspace.As(Alice);

        pages["fields"] = (await visitor.Open(Connect("toured"))).Ok();
        pages["fields, no button"] = await visitor.Decide("", (text, text), ("port", text));
        pages["fields, problems"] = await visitor.Decide("allow", (text, text), ("port", text));
        pages["success"] = (await visitor.Decide("allow", (text, text), ("port", "1"))).Ok();
        var connection = Visitor.Outcome(pages["success"]).GetProperty("connection").GetProperty("id").GetString()!;
        pages["connection, ready"] = await Connection(connection);
        pages["again"] = (await visitor.Open(Connect("toured"))).Ok();
        pages["error"] = (await visitor.Decide("fail")).Ok();
        await visitor.Open(Connect("toured"));
        pages["cancelled"] = (await visitor.Decide("cancel")).Ok();
        await visitor.Open(Connect("toured"));
        pages["set-up failed"] = (await visitor.Decide("fail-setup")).Ok();
        pages["connection, failed"] = await Connection(connection);
        await visitor.Open($"/embed/connections/{connection}/refresh?token={Alice}&name=Other");
        await visitor.Decide("break", (text, text), ("port", "1"));
        pages["connection, broken"] = await Connection(connection);
        var request = (await alice.Post("/connection-requests", new { connectionId = connection })).Ok();
        (await alice.Delete("/connections/" + connection)).Ok();
        pages["gone"] = await visitor.Open(request["url"]);
        pages["without fields"] = (await visitor.Open(Connect("slack") + "&theme=dark")).Ok();
        var waiting = (await alice.Post("/connections", new { integrationKey = "toured", name = text })).Ok();
        pages["connection, waiting"] = await Connection(waiting["id"]);
    }

    private Dictionary<string, object> Connector() =>
        new()
        {
            ["name"] = text,
            ["key"] = "toured-connector",
            ["logoUri"] = "/logos/" + text + ".svg",
            ["customCredentialsSchema"] = new Dictionary<string, object>
            {
                ["type"] = "object",
                ["required"] = new[] { "port" },
                ["properties"] = new Dictionary<string, object>
                {
                    [text] = new
                    {
                        type = "string",
                        title = text,
                        description = text,
                    },
                    ["choice"] = new Dictionary<string, object> { ["title"] = text, ["enum"] = new[] { text, "other" } },
                    ["long"] = new { type = "object", title = text },
                    ["check"] = new { type = "boolean", title = text },
                    ["secret"] = new { type = "string", title = text },
                    ["port"] = new { type = "number" },
                },
            },
        };

    private string Connect(string integration) =>
        $"/embed/integrations/{integration}/connect?token={Alice}&name={Uri.EscapeDataString(text)}&requestId={Uri.EscapeDataString(text)}"
        + $"&theme={Uri.EscapeDataString(text)}";

    private async Task<Answer> Connection(string id) =>
        (await visitor.Post("/screens/connection", ("token", Alice), ("connectionId", id), ("theme", text))).Ok();

    private async Task ChooseAnApp()
    {
        (string, string)[] parameters =
        [
            ("token", Alice),
            ("name", text),
            ("requestId", text),
            ("redirectUri", "https://app.example/?back=" + text),
            ("theme", text),
            ("connectorParameters", """{"region":"eu"}"""),
            ("allowMultipleConnections", "1"),
        ];
        pages["apps"] = (await visitor.Post("/screens/connect", parameters)).Ok();
        pages["apps, search"] = (await visitor.Post("/screens/connect", [.. parameters, ("search", "sales " + text)])).Ok();
    }

    private async Task Problems()
    {
        var selector = Uri.EscapeDataString(text);
        pages["no token"] = await visitor.Open("/embed/integrations/slack/connect");
        pages["wrong token"] = await visitor.Open($"/embed/integrations/slack/connect?token={selector}");
        pages["no integration"] = await visitor.Open($"/embed/integrations/{selector}/connect?token={Alice}");
        pages["wrong parameters"] = await visitor.Open(Connect("slack") + "&connectorParameters=" + selector);
        pages["no request"] = await visitor.Open("/screens/connections?connectionRequestId=" + selector);
        pages["not built"] = await visitor.Open($"/embed/flow-instances/{selector}/editor");
    }

    private async Task SignIn()
    {
        var client = (
            await workspace.Nobody.Post("/oauth/register", new { client_name = text, redirect_uris = new[] { "http://127.0.0.1/back" } })
        ).Ok();
        var workspaceId = (await workspace.Manager.Get("/org-workspaces")).Items[0].GetProperty("id").GetString();
        (await workspace.Manager.Patch("/org-workspaces/" + workspaceId, new { name = text })).Ok();
        var email = text + "@example.com";
        foreach (var scope in new[] { "tenant", "platform-user" })
        {
            var address = Authorize(client["client_id"], scope);
            pages["sign-in, " + scope] = (await workspace.Nobody.Get(address)).Ok();
            pages["no e-mail, " + scope] = await workspace.Nobody.Submit(address, ("email", text));
            pages["choice, " + scope] = (await workspace.Nobody.Submit(address, ("email", email))).Ok();
            pages["wrong choice, " + scope] = await workspace.Nobody.Submit(
                address,
                ("email", email),
                ("workspaceKey", text),
                ("tenantKey", text),
                ("decision", "allow")
            );
        }

        var code = Uri.EscapeDataString(text);
        pages["unknown program"] = await workspace.Nobody.Get(Authorize(code, "tenant"));
        pages["code"] = (await workspace.Nobody.Get("/oauth/code?code=" + code)).Ok();
        pages["no code"] = await workspace.Nobody.Get("/oauth/code");
        pages["not signed in"] = (await workspace.Nobody.Get($"/oauth/code?error={code}&error_description={code}")).Ok();
    }

    private static string Authorize(string clientId, string scope) =>
        $"/oauth/authorize?response_type=code&client_id={clientId}&redirect_uri={Uri.EscapeDataString("http://127.0.0.1:49152/back")}"
        + $"&scope={scope}&state=s&code_challenge_method=S256&code_challenge="
        + Token.Encode(SHA256.HashData(Encoding.ASCII.GetBytes("a verifier of a test")));

    /// <summary>The tags of a page with the names of their attributes; fails on what is not written as a tag must be.</summary>
    public static IReadOnlyList<string> Structure(string page)
    {
        var tags = new List<string>();
        var rest = Regex.Replace(
            Regex.Replace(page, "(<(script|style)[^>]*>).*?(</\\2>)", "$1$3", RegexOptions.Singleline),
            "<!?/?[a-zA-Z0-9]+(?:\\s+[-a-zA-Z]+(?:=\"[^\"<>]*\")?)*\\s*/?>",
            tag =>
            {
                tags.Add(Regex.Replace(tag.Value, "=\"[^\"]*\"", ""));
                return "";
            }
        );
        return rest.IndexOfAny(['<', '>', '"']) < 0
            ? tags
            : throw new FormatException(
                "Text that is not encoded: " + new string(rest.Skip(rest.IndexOfAny(['<', '>', '"'])).Take(200).ToArray())
            );
    }
}
