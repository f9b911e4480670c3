using System;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.Tasks;
using Membrane.Client.Tests.Support;
using Xunit;

namespace Membrane.Client.Tests.Actions;

/// <summary>Runs whose input and output are types of the caller's.</summary>
public sealed partial class TypedRunTests : IDisposable
{
    private static readonly ActionSelector Send = new("send") { ConnectionId = "c1" };
    private readonly ScriptedServer server = new()
    {
        Otherwise = static _ => Answer.Json("""{"x":{"output":1},"output":{"messageId":"m1","count":2},"actionRunId":"r1"}"""),
    };
    private readonly MembraneClient client;

    public TypedRunTests() => client = Make.Client(server);

    public void Dispose()
    {
        client.Dispose();
        server.Dispose();
    }

    [Fact]
    public async Task The_output_is_read_with_the_type_information_of_the_caller()
    {
        var run = await client.Actions.RunAsync(Send, null, Types.Default.Sent).Within();

        Assert.Equal(new Sent("m1", 2), run.Output);
        Assert.Equal("r1", run.ActionRunId);
        Assert.Equal("send", run.ActionId);
        Assert.Equal("c1", run.ConnectionId);
    }

    [Fact]
    public async Task Input_and_output_have_types()
    {
        var run = await client.Actions.RunAsync(Send, new Message("#general"), Types.Default.Message, Types.Default.Sent).Within();

        Assert.Equal("m1", run.Output!.MessageId);
        Assert.Equal("""{"input":{"channel":"#general"}}""", server.OnlyRequest.BodyText);
    }

    [Fact]
    public async Task The_output_is_read_without_regard_to_case_and_the_input_written_as_it_is()
    {
        var run = await client.Actions.RunAsync<Sent>(Send, new Message("#general")).Within();

        Assert.Equal(new Sent("m1", 2), run.Output);
        Assert.Equal("""{"input":{"Channel":"#general"}}""", server.OnlyRequest.BodyText);
    }

    [Fact]
    public async Task Options_say_how_input_and_output_look()
    {
        server.Then(Answer.Json("""{"output":{"message_id":"m2","count":3}}"""));
        var options = new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

        var run = await client.Actions.RunAsync<Sent>(Send, new { ChannelName = "#general" }, options).Within();

        Assert.Equal(new Sent("m2", 3), run.Output);
        Assert.Equal("""{"input":{"channel_name":"#general"}}""", server.OnlyRequest.BodyText);
    }

    [Fact]
    public async Task A_request_to_the_app_has_a_type_too()
    {
        var request = new ActRequest { Key = "send" };

        Assert.Equal("m1", (await client.Actions.ActAsync(request, Types.Default.Sent).Within()).Output!.MessageId);
        Assert.Equal(2, (await client.Actions.ActAsync<Sent>(request).Within()).Output!.Count);
    }

    [Theory]
    [InlineData("""{"actionRunId":"r1"}""")]
    [InlineData("""{"output":null,"actionRunId":"r1"}""")]
    public async Task A_run_without_output_has_none(string answer)
    {
        server.Then(Answer.Json(answer));

        var run = await client.Actions.RunAsync(Send, null, Types.Default.Sent).Within();

        Assert.Null(run.Output);
        Assert.Equal("r1", run.ActionRunId);
    }

    [Fact]
    public async Task An_output_of_another_type_does_not_look_like_a_run_that_failed()
    {
        server.Then(Answer.Json("""{"output":{"messageId":"m1","count":"many"},"actionRunId":"r1"}"""));

        var error = await Assert.ThrowsAsync<MembraneResponseException>(() =>
            client.Actions.RunAsync(Send, null, Types.Default.Sent).Within()
        );

        Assert.Equal(ErrorIds.MalformedResponse, error.ErrorId);
        Assert.Equal(RequestOutcome.Unknown, error.Outcome);
        Assert.Contains("has run (r1)", error.Message, StringComparison.Ordinal);
        Assert.IsType<JsonException>(error.InnerException);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task An_answer_that_is_no_run_is_an_error()
    {
        server.Then(Answer.Json("[1]"));

        var error = await Assert.ThrowsAsync<MembraneResponseException>(() =>
            client.Actions.RunAsync(Send, null, Types.Default.Sent).Within()
        );

        Assert.Equal(RequestOutcome.Unknown, error.Outcome);
    }

    [Fact]
    public async Task An_input_that_its_serializer_refuses_is_not_sent()
    {
        var circle = new Node();
        circle.Next = circle;

        var error = await Assert.ThrowsAsync<MembraneInputException>(() =>
            client.Actions.RunAsync<Sent>(Send, circle, JsonSerializerOptions.Default).Within()
        );

        Assert.Equal("InputObject", error.ParameterName);
        Assert.Empty(server.Requests);
    }

    internal sealed record Message(string Channel);

    internal sealed record Sent(string MessageId, int Count);

    private sealed class Node
    {
        public Node? Next { get; set; }
    }

    [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
    [JsonSerializable(typeof(Message))]
    [JsonSerializable(typeof(Sent))]
    internal sealed partial class Types : JsonSerializerContext;
}
