using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Membrane.Client.Tests.Support;
using Xunit;

namespace Membrane.Client.Tests.Clients;

public sealed class SelectorTests
{
    private static Dictionary<string, Func<MembraneClient, string, Task>> Calls =>
        new()
        {
            ["Connections.Get"] = static (client, id) => client.Connections.GetAsync(id),
            ["Connections.Wait"] = static (client, id) => client.Connections.WaitAsync(id),
            ["ConnectionResolver"] = static (client, id) => client.ConnectionResolver.ResolveIdAsync(id),
            ["ConnectionRequests.Get"] = static (client, id) => client.ConnectionRequests.GetAsync(id),
            ["ConnectionRequests.Wait"] = static (client, id) => client.ConnectionRequests.WaitAsync(id),
            ["Actions.Get"] = static async (client, id) => await client.Actions.GetAsync(new ActionSelector(id)),
            ["Actions.Run"] = static async (client, id) => await client.Actions.RunAsync(new ActionSelector(id), null),
            ["AgentSessions.Get"] = static (client, id) => client.AgentSessions.GetAsync(id),
            ["AgentSessions.Wait"] = static (client, id) => client.AgentSessions.WaitAsync(id),
            ["AgentSessions.Send"] = static (client, id) => client.AgentSessions.SendMessageAsync(id, "x"),
            ["AgentSessions.Interrupt"] = static (client, id) => client.AgentSessions.InterruptAsync(id),
            ["AgentSessions.Stop"] = static (client, id) => client.AgentSessions.StopAsync(id),
        };

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\t")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("/")]
    [InlineData("../connections")]
    [InlineData("..\\x")]
    [InlineData("a\nb")]
    [InlineData("a\u0000b")]
    [InlineData("a\u007fb")]
    [InlineData("a\u0085b")]
    [InlineData("cut {1}")]
    [InlineData("long")]
    public async Task What_cannot_be_an_id_is_refused_before_any_request(string id)
    {
        using var server = new ScriptedServer { Otherwise = static _ => Answer.Json("{}") };
        using var client = Make.Client(server);
        var value = id == "long" ? new string('a', 1001) : Make.Cut(id);

        foreach ((var name, var call) in Calls)
        {
            var error = await Assert.ThrowsAsync<MembraneInputException>(() => call(client, value).Within());
            Assert.True(error.ErrorId == ErrorIds.InvalidInput, name);
            Assert.Equal(RequestOutcome.NotSent, error.Outcome);
        }

        Assert.Equal(0, server.Connections);
    }

    [Theory]
    [InlineData("c1", "c1")]
    [InlineData("my key", "my%20key")]
    [InlineData("grüße", "gr%C3%BC%C3%9Fe")]
    [InlineData("世界", "%E4%B8%96%E7%95%8C")]
    [InlineData("😀", "%F0%9F%98%80")]
    [InlineData("a?b#c&d=e+f", "a%3Fb%23c%26d%3De%2Bf")]
    [InlineData("%2e%2e", "%252e%252e")]
    [InlineData("%2F", "%252F")]
    [InlineData("...", "...")]
    [InlineData("a:b@c;d,e", "a%3Ab%40c%3Bd%2Ce")]
    [InlineData("(x)'!*", "%28x%29%27%21%2A")]
    [InlineData(".. ", "..%20")]
    public async Task Any_other_id_is_one_escaped_segment(string id, string segment)
    {
        using var server = new ScriptedServer { Otherwise = static _ => Answer.Json("{}") };
        using var client = Make.Client(server);

        await client.Connections.GetAsync(id).Within();
        await client.Actions.RunAsync(new ActionSelector(id), null).Within();

        Assert.Equal("/connections/" + segment, server.Requests[0].Target);
        Assert.Equal("/actions/" + segment + "/run", server.Requests[1].Target);
    }
}
