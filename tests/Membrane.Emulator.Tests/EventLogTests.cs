using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Membrane.Emulator.Store;
using Membrane.Emulator.Tests.Support;
using Xunit;

namespace Membrane.Emulator.Tests;

/// <summary>Events that come, and the logs that keep them.</summary>
public sealed class EventLogTests
{
    [Fact]
    public void A_log_forgets_its_oldest_entries()
    {
        var store = new WorkspaceStore(1, new NoJournal());
        for (var number = 1; number <= 7; number++)
        {
            store.Change(transaction => transaction.PutInLog("log", Encoding.UTF8.GetBytes($$"""{"id":"e{{number}}"}"""), limit: 3));
        }

        Assert.Equal(["e5", "e6", "e7"], store.All("log").Select(static one => one.Id));
    }

    [Fact]
    public async Task Events_that_come_at_once_make_one_subscription_of_their_tenant()
    {
        using var workspace = new TestWorkspace();
        var type = (await workspace.Manager.Post("/app-event-types", """{"name":"T","tenantIdFormula":{"$var":"$.who"}}""")).Ok();
        for (var round = 0; round < 5; round++)
        {
            var tenant = (await workspace.Manager.Post("/customers", new { name = "T", internalId = $"t-{round}" })).Ok()["id"];
            var body = JsonSerializer.Serialize(new { who = $"t-{round}" });

            var events = await Task.WhenAll(
                Enumerable.Range(0, 8).Select(_ => workspace.Nobody.Post("/webhooks/app-events/" + type["webhookKey"], body))
            );

            Assert.All(events, static one => one.Ok());
            Assert.Single((await workspace.Manager.Get($"/app-event-subscriptions?tenantId={tenant}")).Ok().Items);
            Assert.Equal(8, (await workspace.Manager.Get($"/app-events?tenantId={tenant}")).Ok().Items.Count);
        }
    }
}
