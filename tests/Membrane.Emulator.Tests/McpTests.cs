using System.Linq;
using System.Net;
using System.Text.Json;
using System.Threading.Tasks;
using Membrane.Emulator.Tests.Support;
using Xunit;

namespace Membrane.Emulator.Tests;

public sealed class McpTests
{
    [Fact]
    public async Task An_answer_as_deep_as_a_request_may_be_is_passed_on()
    {
        using var workspace = new TestWorkspace();
        var connection = await workspace.Connect("hubspot");
        var deep = string.Concat(Enumerable.Repeat("[", 61)) + string.Concat(Enumerable.Repeat("]", 61));
        (
            await workspace.Alice.Post(
                "/act",
                $$"""{"connectionId":"{{connection}}","api":{"method":"POST","path":"/v1/contacts","body":{"deep":{{deep}} } } }"""
            )
        ).Ok();
        var action = (await workspace.Alice.Get($"/connections/{connection}/actions/list-contacts")).Ok()["id"];

        var answer = await workspace.Alice.Post(
            "/mcp/integrate-anything",
            new
            {
                jsonrpc = "2.0",
                id = 1,
                method = "tools/call",
                @params = new { name = "run-tool", arguments = new { actionId = action, connectionId = connection } },
            }
        );

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        using var message = JsonDocument.Parse(answer.Text, new JsonDocumentOptions { MaxDepth = 100 });
        Assert.False(message.RootElement.GetProperty("result").GetProperty("isError").GetBoolean());
    }

    [Theory]
    [InlineData("2025-11-25", "2025-11-25")]
    [InlineData("2025-06-18", "2025-06-18")]
    [InlineData("2025-03-26", "2025-11-25")]
    [InlineData("1999-01-01", "2025-11-25")]
    public async Task A_revision_is_agreed_on_that_needs_no_batches(string asked, string agreed)
    {
        using var workspace = new TestWorkspace();

        var answer = await workspace.Alice.Post(
            "/mcp/integrate-anything",
            new
            {
                jsonrpc = "2.0",
                id = 1,
                method = "initialize",
                @params = new
                {
                    protocolVersion = asked,
                    capabilities = new { },
                    clientInfo = new { name = "x", version = "1" },
                },
            }
        );

        Assert.Equal(agreed, answer.Ok().Json.GetProperty("result").GetProperty("protocolVersion").GetString());
    }
}
