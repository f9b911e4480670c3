// Membrane.Framework.Smoke.exe API-URI WORKSPACE-KEY WORKSPACE-SECRET: prints one line for each thing that works, and "done".
using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using Membrane;
using Membrane.Client;
using Membrane.Client.Tokens;

var workspaceKey = args[1];
var workspaceSecret = args[2];

// As an old host leaves it: the client must add TLS 1.2 and take nothing away.
ServicePointManager.SecurityProtocol = SecurityProtocolType.Tls11;
using var membrane = new MembraneClient(
    new MembraneClientOptions
    {
        ApiUri = new Uri(args[0]),
        TokenSource = new WorkspaceTokenSource(
            new WorkspaceTokenOptions
            {
                WorkspaceKey = workspaceKey,
                WorkspaceSecret = workspaceSecret,
                TenantKey = "ada",
            }
        ),
    }
);

var token = new TokenMinter(
    new WorkspaceTokenOptions
    {
        WorkspaceKey = workspaceKey,
        WorkspaceSecret = workspaceSecret,
        TenantKey = "ada",
        Algorithm = "HS512",
    }
).Mint(DateTimeOffset.UtcNow);
Check("token", SignatureCheck.BySecret(token, workspaceSecret) && !SignatureCheck.BySecret(token, workspaceSecret + "x"));

var connectors = await AllAsync(membrane.Connectors.List(null, new ListingOptions { PageSize = 2 }));
Check("paging", connectors.Count > 4 && connectors.Select(connector => connector.Id).Distinct().Count() == connectors.Count);
Check("tls", ServicePointManager.SecurityProtocol == (SecurityProtocolType.Tls11 | SecurityProtocolType.Tls12));
Check("connection limit", ServicePointManager.FindServicePoint(new Uri(args[0])).ConnectionLimit > 2);

var app = connectors.First(connector => connector.Key == "hubspot");
var request = await membrane.ConnectionRequests.CreateAsync(new NewConnectionRequest { ConnectorId = app.Id, Name = "Ada’s HubSpot" });
using (var browser = new HttpClient())
using (var decision = new FormUrlEncodedContent(new Dictionary<string, string> { ["decision"] = "allow" }))
{
    (await browser.PostAsync(new Uri(request.Url!), decision)).EnsureSuccessStatusCode();
}

request = await membrane.ConnectionRequests.WaitAsync(request.RequestId!);
var connection = await membrane.Connections.GetAsync(request.ResultConnectionId!);
Check("waiting", connection.Name == "Ada’s HubSpot");

var create = new ActionSelector("create-contact") { ConnectionId = connection.Id };
var run = await membrane.Actions.RunAsync(
    create,
    new Dictionary<string, object?> { ["email"] = "ada@example.com", ["firstName"] = "Adä \U0001F680" }
);
Check("json", run.Output is IReadOnlyDictionary<string, object?> output && output.Values.Contains("Adä \U0001F680"));

try
{
    await membrane.Connections.GetAsync("no-such-connection");
    Check("errors", false);
}
catch (MembraneApiException error)
{
    Check("errors", error.StatusCode == HttpStatusCode.NotFound && error.Key == "not_found");
}

Console.WriteLine("done");

static void Check(string name, bool holds) =>
    Console.WriteLine(holds ? name : throw new InvalidOperationException($"{name} does not work."));

static async Task<List<T>> AllAsync<T>(Listing<T> listing)
{
    var items = new List<T>();
    await foreach (var item in listing)
    {
        items.Add(item);
    }

    return items;
}
