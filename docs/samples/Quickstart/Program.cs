// Search, use, delegate: the same flow as quickstart.ps1, through the client library.
// dotnet run --project docs/samples/Quickstart [-- --catalog FILE]
using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using Membrane;
using Membrane.Client;
using Membrane.Emulator;

var catalog = args is ["--catalog", string file] ? file : Path.Combine(AppContext.BaseDirectory, "catalog.json");

Step("Sign in (to a local workspace)");
using var emulator = EmulatorHost.Start(new EmulatorOptions { CatalogPath = catalog });
using var membrane = new MembraneClient(
    new MembraneClientOptions
    {
        ApiUri = emulator.BaseUri,
        TokenSource = new WorkspaceTokenSource(
            new WorkspaceTokenOptions
            {
                WorkspaceKey = emulator.WorkspaceKey,
                WorkspaceSecret = emulator.WorkspaceSecret,
                TenantKey = "ada",
            }
        ),
    }
);
Console.WriteLine($"Workspace {emulator.WorkspaceKey} at {emulator.BaseUri}, tenant ada");

Step("Search: which connector is there for HubSpot?");
var connector = await FirstAsync(membrane.Search.Find("hubspot", "connector", new ListingOptions { First = 1 }));
Console.WriteLine($"{connector.ElementType} {connector.Name} ({connector.Id})");

Step("Connect: a person opens a page and allows it");
var request = await membrane.ConnectionRequests.CreateAsync(
    new NewConnectionRequest { ConnectorId = connector.Id, Name = "HubSpot of Ada" }
);
Console.WriteLine($"Open this page and allow the connection: {request.Url}");
await AllowAsPersonAsync(request.Url!);
var done = await membrane.ConnectionRequests.WaitAsync(request.RequestId!);
var connection = await membrane.Connections.GetAsync(done.ResultConnectionId!);
Console.WriteLine($"{connection.Name} ({connection.Id}) is {connection.State}");

Step("Use: find an action by what it should do, and run it");
var create = await FindActionAsync("create a contact");
foreach ((var email, var name) in new[] { ("ada@example.com", "Ada"), ("grace@example.com", "Grace") })
{
    var made = await RunAsync(create.Id!, new Dictionary<string, object?> { ["email"] = email, ["firstName"] = name });
    Console.WriteLine($"{create.Name}: {email}, run {made.ActionRunId}");
}

var list = await RunAsync("list-contacts", null);
var contacts = ((IEnumerable<object?>)Member(list.Output, "items")!).ToList();
Console.WriteLine($"HubSpot now has {contacts.Count} contacts: {string.Join(", ", contacts.Select(contact => Member(contact, "email")))}");

Step("Delegate: Membrane Agent builds what is missing");
var session = await membrane.AgentSessions.CreateAsync(
    new NewAgentSession { AgentName = "action-building", Prompt = $"Create an action to archive a contact for connection {connection.Id}" }
);
session = await membrane.AgentSessions.WaitAsync(session.Id!);
Console.WriteLine(session.Summary);
var archive = await FindActionAsync("archive a contact");
var archived = await RunAsync(archive.Id!, new Dictionary<string, object?> { ["id"] = Member(contacts[0], "id") });
Console.WriteLine($"Ran {archive.Key}, run {archived.ActionRunId}");

Step("Done: searched, used, delegated");

void Step(string text) => Console.WriteLine($"\n== {text}");

static async Task<T> FirstAsync<T>(Listing<T> listing)
{
    await foreach (var item in listing)
    {
        return item;
    }

    throw new InvalidOperationException("Nothing was found.");
}

static async Task AllowAsPersonAsync(string page)
{
    using var browser = new HttpClient();
    using var decision = new FormUrlEncodedContent(new Dictionary<string, string> { ["decision"] = "allow" });
    using var answer = await browser.PostAsync(new Uri(page), decision);
    answer.EnsureSuccessStatusCode();
}

static object? Member(object? value, string name) => ((IReadOnlyDictionary<string, object?>)value!)[name];

Task<MembraneAction> FindActionAsync(string intent) =>
    FirstAsync(membrane.Actions.List(new ActionFilter { ConnectionId = connection.Id, Intent = intent }, new ListingOptions { First = 1 }));

Task<ActionRun> RunAsync(string action, object? input) =>
    membrane.Actions.RunAsync(new ActionSelector(action) { ConnectionId = connection.Id }, input);
