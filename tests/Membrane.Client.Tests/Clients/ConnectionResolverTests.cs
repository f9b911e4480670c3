using System.Threading.Tasks;
using Membrane.Client.Tests.Support;
using Xunit;

namespace Membrane.Client.Tests.Clients;

public sealed class ConnectionResolverTests
{
    private static readonly Answer NotFound = Answer.Error(404, "bad_request", "not_found");

    [Fact]
    public async Task An_id_or_key_is_looked_up_once_and_then_known()
    {
        using var server = new ScriptedServer(Answer.Json("""{"id":"c1","key":"my-slack"}"""));
        using var client = Make.Client(server);

        Assert.Equal("c1", await client.ConnectionResolver.ResolveIdAsync("my-slack").Within());
        Assert.Equal("c1", await client.WithObserver(new RecordingObserver()).ConnectionResolver.ResolveIdAsync("my-slack").Within());

        Assert.Equal("/connections/my-slack", server.OnlyRequest.Target);
    }

    [Fact]
    public async Task Not_more_than_a_thousand_names_are_remembered()
    {
        using var server = new ScriptedServer { Otherwise = static _ => Answer.Json("""{"id":"c1"}""") };
        using var client = Make.Client(server);

        for (var index = 0; index <= 1000; index++)
        {
            await client.ConnectionResolver.ResolveIdAsync("name" + index).Within();
        }

        await client.ConnectionResolver.ResolveIdAsync("name0").Within();
        await client.ConnectionResolver.ResolveIdAsync("name1000").Within();

        Assert.Equal(1002, server.Requests.Count);
    }

    [Fact]
    public async Task What_is_forgotten_and_what_another_command_knows_is_looked_up_again()
    {
        using var server = new ScriptedServer(
            Answer.Json("""{"id":"c1"}"""),
            Answer.Json("""{"id":"c2"}"""),
            Answer.Json("""{"id":"c3"}""")
        );
        using var client = Make.Client(server);

        await client.ConnectionResolver.ResolveIdAsync("slack").Within();
        client.ConnectionResolver.ForgetId("c1");

        Assert.Equal("c2", await client.ConnectionResolver.ResolveIdAsync("slack").Within());
        Assert.Equal("c3", await client.WithOwnNames().ConnectionResolver.ResolveIdAsync("slack").Within());
        Assert.Equal("c2", await client.ConnectionResolver.ResolveIdAsync("slack").Within());
    }

    [Fact]
    public async Task The_key_of_an_app_that_is_connected_once_names_that_connection()
    {
        using var server = new ScriptedServer(NotFound, Answer.Json("""{"items":[{"id":"c1"}]}"""));
        using var client = Make.Client(server);

        Assert.Equal("c1", await client.ConnectionResolver.ResolveIdAsync("hubspot").Within());
        Assert.Equal("/connections?integrationKey=hubspot&limit=10", server.Requests[1].Target);
    }

    [Fact]
    public async Task An_app_that_is_connected_twice_is_ambiguous_and_the_choices_are_shown()
    {
        using var server = new ScriptedServer(NotFound, Answer.Json("""{"items":[{"id":"c1","name":"A"},{"id":"c2","name":"B"}]}"""));
        using var client = Make.Client(server);

        var error = await Assert.ThrowsAsync<MembraneException>(() => client.ConnectionResolver.ResolveIdAsync("hubspot").Within());

        Assert.Equal(ErrorIds.Ambiguous, error.ErrorId);
        Assert.Contains("A (c1), B (c2)", error.Message, System.StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_neither_is_not_found()
    {
        using var server = new ScriptedServer(NotFound, Answer.Json("""{"items":[]}"""));
        using var client = Make.Client(server);

        var error = await Assert.ThrowsAsync<MembraneException>(() => client.ConnectionResolver.ResolveIdAsync("hubspot").Within());

        Assert.Equal(ErrorIds.NotFound, error.ErrorId);
        Assert.IsType<MembraneApiException>(error.InnerException);
    }

    [Fact]
    public async Task Other_errors_are_not_taken_for_a_missing_connection()
    {
        using var server = new ScriptedServer(Answer.Error(403, "bad_request", "access_denied"));
        using var client = Make.Client(server);

        Assert.Equal(
            ErrorIds.AccessDenied,
            (await Assert.ThrowsAsync<MembraneApiException>(() => client.ConnectionResolver.ResolveIdAsync("x").Within())).ErrorId
        );
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Two_clients_know_nothing_of_each_other()
    {
        using var server = new ScriptedServer { Otherwise = static _ => Answer.Json("""{"id":"c1"}""") };
        using var one = Make.Client(server);
        using var other = Make.Client(server);

        await one.ConnectionResolver.ResolveIdAsync("x").Within();
        await other.ConnectionResolver.ResolveIdAsync("x").Within();

        Assert.Equal(2, server.Requests.Count);
    }
}
