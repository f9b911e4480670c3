using System.Linq;
using System.Net;
using System.Threading.Tasks;
using Membrane.Emulator.Tests.Support;
using Xunit;

namespace Membrane.Emulator.Tests;

public sealed class TenantSeparationTests
{
    [Fact]
    public async Task What_belongs_to_one_tenant_does_not_exist_for_another()
    {
        using var workspace = new TestWorkspace();
        string connection = await workspace.Connect("hubspot");
        Answer request = (await workspace.Alice.Post("/connection-requests", new { integrationKey = "slack" })).Ok();
        Answer session = await workspace.Ask($"Create an action to list invoices for connection {connection}");
        string action = session.Json.GetProperty("output").GetProperty("id").GetString()!;
        await workspace.Ask("Build a connector for Notion (https://notion.so)");
        Caller bob = workspace.Bob;

        Assert.Empty((await bob.Get("/connections")).Ok().Items);
        Assert.Empty((await bob.Get("/agent/sessions")).Ok().Items);
        Assert.Empty((await bob.Get("/search?q=notion")).Ok().Items);
        foreach (string path in new[] { $"/connections/{connection}", $"/connection-requests/{request["requestId"]}", $"/agent/sessions/{session["id"]}", $"/actions/{action}", $"/actions?connectionId={connection}" })
            Assert.Equal(HttpStatusCode.NotFound, (await bob.Get(path)).Status);

        Assert.Equal(HttpStatusCode.NotFound, (await bob.Post($"/actions/list-contacts/run?connectionId={connection}", new { })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await bob.Post($"/agent/sessions/{session["id"]}/message", new { input = "hi" })).Status);
    }

    [Fact]
    public async Task A_manager_sees_every_tenant()
    {
        using var workspace = new TestWorkspace();
        string connection = await workspace.Connect("hubspot");
        await TestWorkspace.Connect(workspace.Bob, "slack");

        Answer all = (await workspace.Manager.Get("/connections")).Ok();

        Assert.Equal(2, all.Items.Count);
        Assert.Contains(connection, all.Items.Select(item => item.GetProperty("id").GetString()));
    }
}
