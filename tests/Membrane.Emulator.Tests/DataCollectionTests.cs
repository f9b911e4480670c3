using System.Linq;
using System.Net;
using System.Threading.Tasks;
using Membrane.Emulator.Tests.Support;
using Xunit;

namespace Membrane.Emulator.Tests;

public sealed class DataCollectionTests
{
    [Fact]
    public async Task A_collection_and_the_actions_share_their_records()
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("hubspot");
        var path = $"/connections/{connection}/data/contacts";

        var id = (await workspace.Alice.Post(path + "/create", new { fields = new { email = "ada@example.com", firstName = "Ada" } })).Ok()[
            "id"
        ];
        await workspace.Run("create-contact", connection, new { email = "bob@example.com" });

        Assert.Equal(2, (await workspace.Run("list-contacts", connection)).GetProperty("items").GetArrayLength());
        var list = (await workspace.Alice.Post(path + "/list", new { filter = new { firstName = "ada" } })).Ok();
        Assert.Equal(id, list.Json.GetProperty("records")[0].GetProperty("id").GetString());
        Assert.Equal(1, list.Json.GetProperty("records").GetArrayLength());
        Assert.Equal(
            1,
            (await workspace.Alice.Post(path + "/search", new { query = "BOB@" })).Ok().Json.GetProperty("records").GetArrayLength()
        );
        Assert.Equal(
            id,
            (await workspace.Alice.Post(path + "/match", new { query = new { email = "ada@example.com" } }))
                .Ok()
                .Json.GetProperty("record")
                .GetProperty("id")
                .GetString()
        );
        Assert.False(
            (await workspace.Alice.Post(path + "/match", new { query = new { email = "none" } })).Ok().Json.TryGetProperty("record", out _)
        );
        (await workspace.Alice.Post(path + "/update", new { id, fields = new { firstName = "Augusta" } })).Ok();
        var found = (await workspace.Alice.Post(path + "/find-by-id", new { id })).Ok();
        Assert.Equal("Augusta", found.Json.GetProperty("record").GetProperty("fields").GetProperty("firstName").GetString());
        Assert.Equal("ada@example.com", found.Json.GetProperty("record").GetProperty("fields").GetProperty("email").GetString());
        (await workspace.Alice.Post(path + "/delete", new { id })).Ok();
        Assert.Equal(HttpStatusCode.NotFound, (await workspace.Alice.Post(path + "/find-by-id", new { id })).Status);
    }

    [Fact]
    public async Task Records_come_in_pages()
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("weather-station");
        var path = $"/connections/{connection}/data/readings";
        for (var number = 0; number < 130; number++)
        {
            await workspace.Alice.Post(path + "/create", new { fields = new { name = $"r{number}" } });
        }

        var first = (await workspace.Alice.Post(path + "/list", new { })).Ok();
        var second = (await workspace.Alice.Post(path + "/list", new { cursor = first.Cursor })).Ok();

        Assert.Equal(
            Enumerable.Range(0, 130).Select(number => $"r{number}"),
            first
                .Json.GetProperty("records")
                .EnumerateArray()
                .Concat(second.Json.GetProperty("records").EnumerateArray())
                .Select(record => record.GetProperty("name").GetString())
        );
        Assert.Null(second.Cursor);
    }

    [Fact]
    public async Task A_specification_says_what_a_collection_can_do()
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("hubspot");

        var all = (await workspace.Alice.Get($"/connections/{connection}/data")).Ok();
        var one = (await workspace.Alice.Get($"/connections/{connection}/data/contacts?any=parameter")).Ok();

        Assert.Contains("contacts", all.Json.EnumerateArray().Select(item => item.GetProperty("key").GetString()));
        Assert.Equal("email", one.Json.GetProperty("create").GetProperty("requiredFields")[0].GetString());
        Assert.Equal(HttpStatusCode.NotFound, (await workspace.Alice.Get($"/connections/{connection}/data/unicorns")).Status);
    }

    [Theory]
    [InlineData("create", """{}""", 400)]
    [InlineData("create", """{"fields":[]}""", 400)]
    [InlineData("create", """{"fields":{"firstName":"x"}}""", 400)]
    [InlineData("update", """{"fields":{}}""", 400)]
    [InlineData("update", """{"id":"none","fields":{}}""", 404)]
    [InlineData("delete", """{"id":"none"}""", 404)]
    [InlineData("search", """{}""", 400)]
    [InlineData("list", """{"cursor":"broken"}""", 400)]
    public async Task What_does_not_fit_is_refused(string method, string body, int status)
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("hubspot");

        Assert.Equal(status, (int)(await workspace.Alice.Post($"/connections/{connection}/data/contacts/{method}", body)).Status);
    }

    [Fact]
    public async Task An_agent_makes_a_data_collection_that_works()
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("hubspot");
        await workspace.Ask($"Create a data collection for purchase orders for connection {connection}");

        (
            await workspace.Alice.Post($"/connections/{connection}/data/purchase-orders/create", new { fields = new { customer = "c" } })
        ).Ok();

        Assert.Equal(
            1,
            (await workspace.Alice.Post($"/connections/{connection}/data/purchase-orders/list", new { }))
                .Ok()
                .Json.GetProperty("records")
                .GetArrayLength()
        );
    }
}
