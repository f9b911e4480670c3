using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Membrane.Client;

namespace Membrane.Wire;

/// <summary>What the client of the module is asked to do, by the names that the test uses.</summary>
internal static class Calls
{
    private static readonly Dictionary<string, Func<MembraneClient, Arguments, Task>> Table = new(StringComparer.Ordinal)
    {
        ["self.get"] = (client, _) => client.Identity.GetAsync(),

        ["connections.find"] = (client, call) =>
            Page(
                client.Connections.List(
                    new ConnectionFilter
                    {
                        Search = call.Text("search"),
                        IntegrationKey = call.Text("integrationKey"),
                        TenantId = call.Text("tenantId"),
                    }
                )
            ),
        ["connections.create"] = (client, call) => client.Connections.CreateAsync(Content(call)),
        ["connection.get"] = (client, call) => client.Connections.GetAsync(call["id"]),
        ["connection.patch"] = (client, call) => client.Connections.PatchAsync(call["id"], Content(call)),
        ["connection.put"] = (client, call) => client.Connections.ReplaceAsync(call["id"], Content(call)),
        ["connection.archive"] = (client, call) => client.Connections.ArchiveAsync(call["id"]),
        ["connection.refreshCredentials"] = (client, call) => client.Connections.RefreshCredentialsAsync(call["id"]),
        ["connection.proxy"] = (client, call) =>
            client.Requests.SendToAppAsync(
                call["id"],
                new RawRequest
                {
                    Method = call["method"],
                    Path = call["path"],
                    Body = call.Value("body"),
                }
            ),

        ["dataCollection.get"] = (client, call) => client.Data.GetCollectionAsync(Collection(call)),
        ["dataCollection.list"] = (client, call) =>
            Page(client.Data.List(Collection(call), new RecordFilter { Filter = call.Value("filter") })),
        ["dataCollection.search"] = (client, call) => Page(client.Data.Search(Collection(call), call["query"])),
        ["dataCollection.match"] = (client, call) => client.Data.MatchAsync(Collection(call), call.Map("fields")),
        ["dataCollection.findById"] = (client, call) => client.Data.FindByIdAsync(Collection(call), call["record"]),
        ["dataCollection.create"] = (client, call) => client.Data.CreateAsync(Collection(call), call.Map("fields")),
        ["dataCollection.update"] = (client, call) => client.Data.UpdateAsync(Collection(call), call["record"], call.Map("fields")),
        ["dataCollection.delete"] = (client, call) => client.Data.DeleteAsync(Collection(call), call["record"]),

        ["integrations.find"] = (client, call) => Page(client.Integrations.List(new IntegrationFilter { Search = call.Text("search") })),
        ["integration.get"] = (client, call) => client.Integrations.GetAsync(call["id"]),

        ["actions.find"] = (client, call) =>
            Page(
                client.Actions.List(
                    new ActionFilter
                    {
                        ConnectionId = call.Text("connectionId"),
                        Intent = call.Text("intent"),
                        Search = call.Text("search"),
                    }
                )
            ),
        ["actions.create"] = (client, call) => client.Actions.CreateAsync(ActionOf(call)),
        ["action.get"] = (client, call) => client.Actions.GetAsync(Selector(call)),
        ["action.patch"] = (client, call) => client.Actions.PatchAsync(Selector(call), ActionOf(call)),
        ["action.put"] = (client, call) => client.Actions.ReplaceAsync(Selector(call), ActionOf(call)),
        ["action.archive"] = (client, call) => client.Actions.ArchiveAsync(Selector(call)),
        ["action.restore"] = (client, call) => client.Actions.RestoreAsync(Selector(call)),
        ["action.run"] = (client, call) => client.Actions.RunAsync(Selector(call), call.Value("input")),

        ["flows.find"] = (client, call) => Page(client.Flows.List(new FlowFilter { Search = call.Text("search") })),
        ["flow.get"] = (client, call) => client.Flows.GetAsync(call["id"]),
        ["flow.run"] = (client, call) =>
            client.Flows.RunAsync(call["id"], new NewFlowRun { NodeKey = call.Text("nodeKey"), Input = call.Value("input") }, Scope(call)),
        ["flowRuns.find"] = (client, call) => Page(client.FlowRuns.List(new FlowRunFilter { ConnectionId = call.Text("connectionId") })),
        ["flowRun.get"] = (client, call) => client.FlowRuns.GetAsync(call["id"]),
        ["flowRun.stop"] = (client, call) => client.FlowRuns.StopAsync(call["id"]),
        ["flowRun.getOutput"] = (client, call) => Page(client.FlowRuns.GetOutput(call["id"])),
        ["flowRun.getNodeOutputs"] = (client, call) => Page(client.FlowRuns.GetNodeOutputs(call["id"], call["nodeKey"])),
        ["flowRun.getNodeRuns"] = (client, call) => Page(client.FlowRuns.ListNodeRuns(call["id"], call["nodeKey"])),

        ["customers.find"] = (client, call) => Page(client.Tenants.List(new TenantFilter { Search = call.Text("search") })),
        ["customers.create"] = (client, call) => client.Tenants.CreateAsync(TenantOf(call)),
        ["customer.get"] = (client, call) => client.Tenants.GetAsync(call["id"]),
        ["customer.patch"] = (client, call) => client.Tenants.UpdateAsync(call["id"], TenantOf(call)),
        ["customer.archive"] = (client, call) => client.Tenants.RemoveAsync(call["id"]),
        ["customer.restore"] = (client, call) => client.Tenants.RestoreAsync(call["id"]),

        ["elements.find"] = (client, call) => Page(client.Elements.List(Type(call), new ElementFilter { Search = call.Text("search") })),
        ["elements.create"] = (client, call) => client.Elements.CreateAsync(Type(call), call.Map("definition")),
        ["element.get"] = (client, call) => client.Elements.GetAsync(Type(call), call["id"]),
        ["element.patch"] = (client, call) => client.Elements.UpdateAsync(Type(call), call["id"], call.Map("definition")),
        ["element.put"] = (client, call) => client.Elements.ReplaceAsync(Type(call), call["id"], call.Map("definition")),
        ["element.archive"] = (client, call) => client.Elements.RemoveAsync(Type(call), call["id"]),
        ["element.restore"] = (client, call) => client.Elements.RestoreAsync(Type(call), call["id"]),
    };

    public static Task Run(string name, MembraneClient client, Arguments arguments) => Table[name](client, arguments);

    private static async Task Page<T>(Listing<T> listing)
    {
        await foreach (var _ in listing.GetPagesAsync())
        {
            return;
        }
    }

    private static ElementType Type(Arguments call) => ElementTypes.Find(call["type"]);

    private static CollectionPointer Collection(Arguments call) =>
        new(call["id"], call["key"])
        {
            Parameters = call.Value("parameters") is Dictionary<string, object?> parameters
                ? parameters.ToDictionary(static one => one.Key, static one => (string)one.Value!)
                : null,
        };

    private static ElementScope Scope(Arguments call) =>
        new() { ConnectionId = call.Text("connectionId"), IntegrationKey = call.Text("integrationKey") };

    private static ActionSelector Selector(Arguments call) =>
        new(call["id"]) { ConnectionId = call.Text("connectionId"), IntegrationKey = call.Text("integrationKey") };

    private static ConnectionContent Content(Arguments call) =>
        new()
        {
            Name = call.Text("name"),
            IntegrationKey = call.Text("integrationKey"),
            Credentials = call.Value("credentials"),
        };

    private static ActionContent ActionOf(Arguments call) =>
        new()
        {
            Name = call.Text("name"),
            Key = call.Text("key"),
            Type = call.Text("type"),
            IntegrationId = call.Text("integrationId"),
        };

    private static TenantChange TenantOf(Arguments call) =>
        new()
        {
            Name = call.Text("name"),
            InternalId = call.Text("internalId"),
            Fields = call.Value("fields"),
        };
}
