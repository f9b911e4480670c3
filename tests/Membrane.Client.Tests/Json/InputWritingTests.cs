using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Dynamic;
using System.Globalization;
using System.Linq;
using System.Numerics;
using System.Security;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Membrane.Client.Tests.Support;
using Xunit;

namespace Membrane.Client.Tests.Json;

public sealed class InputWritingTests : IDisposable
{
    private readonly ScriptedServer server = new() { Otherwise = static _ => Answer.Json("{}") };
    private readonly MembraneClient client;

    public InputWritingTests() => client = Make.Client(server);

    public void Dispose()
    {
        client.Dispose();
        server.Dispose();
    }

    private async Task<string> SendAsync(object? input)
    {
        await client.Actions.RunAsync(new ActionSelector("a"), input).Within();
        var body = server.Requests[^1].Json;
        return body.TryGetProperty("input", out var sent) ? sent.GetRawText() : "none";
    }

    private async Task<MembraneInputException> RefusedAsync(object? input)
    {
        var error = await Assert.ThrowsAsync<MembraneInputException>(() =>
            client.Actions.RunAsync(new ActionSelector("a"), input).Within()
        );
        Assert.Equal(ErrorIds.InvalidInput, error.ErrorId);
        Assert.Equal("InputObject", error.ParameterName);
        Assert.Equal(RequestOutcome.NotSent, error.Outcome);
        Assert.Empty(server.Requests);
        return error;
    }

    public static TheoryData<object?, string> Values =>
        new()
        {
            { null, "none" },
            { "text", "\"text\"" },
            { true, "true" },
            { 42, "42" },
            { 42L, "42" },
            { (byte)1, "1" },
            { (sbyte)-1, "-1" },
            { (short)-2, "-2" },
            { (ushort)2, "2" },
            { uint.MaxValue, "4294967295" },
            { ulong.MaxValue, "18446744073709551615" },
            { BigInteger.Parse("-123456789012345678901234567890", CultureInfo.InvariantCulture), "-123456789012345678901234567890" },
            { 1.5, "1.5" },
            { 0.1, "0.1" },
            { 0.1f, "0.1" },
            { float.MaxValue, "3.4028235E+38" },
            { 10.50m, "10.50" },
            { 'x', "\"x\"" },
            { DayOfWeek.Friday, "\"Friday\"" },
            { new DateTime(2026, 7, 26, 10, 0, 0, DateTimeKind.Utc), "\"2026-07-26T10:00:00Z\"" },
            { new DateTimeOffset(2026, 7, 26, 10, 0, 0, TimeSpan.FromHours(2)), "\"2026-07-26T10:00:00+02:00\"" },
            { Guid.Empty, "\"00000000-0000-0000-0000-000000000000\"" },
            { new Uri("https://example.com/a b"), "\"https://example.com/a b\"" },
            { TimeSpan.FromSeconds(90), "\"00:01:30\"" },
            { new Version(1, 2, 3), "\"1.2.3\"" },
            { "AB"u8.ToArray(), "\"QUI=\"" },
            { Array.Empty<object>(), "[]" },
            { new object?[] { 1, null, "x", new[] { 2 } }, "[1,null,\"x\",[2]]" },
            {
                new Hashtable { ["a"] = 1 },
                "{\"a\":1}"
            },
            {
                new Hashtable { [1] = "one" },
                "{\"1\":\"one\"}"
            },
            {
                new OrderedDictionary { ["z"] = 1, ["a"] = 2 },
                "{\"z\":1,\"a\":2}"
            },
            {
                new Dictionary<string, int> { ["n"] = 1 },
                "{\"n\":1}"
            },
            {
                new Dictionary<string, object?> { ["n"] = null, ["o"] = new Dictionary<string, object?>() },
                "{\"n\":null,\"o\":{}}"
            },
            { JsonDocument.Parse("{\"a\":[1.50]}").RootElement, "{\"a\":[1.50]}" },
            { JsonNode.Parse("{\"a\":[1]}"), "{\"a\":[1]}" },
        };

    [Theory]
    [MemberData(nameof(Values), DisableDiscoveryEnumeration = true)]
    public async Task A_value_is_written_as_its_natural_JSON(object? value, string expected) =>
        Assert.Equal(expected, await SendAsync(value));

    [Fact]
    public async Task An_expando_object_and_a_lazy_sequence_are_written()
    {
        dynamic input = new ExpandoObject();
        input.channel = "#general";
        input.numbers = Enumerable.Range(1, 3).Select(static number => number * 2);

        Assert.Equal("""{"channel":"#general","numbers":[2,4,6]}""", await SendAsync((object)input));
    }

    [Theory]
    [InlineData("plain ascii")]
    [InlineData("Grüße, 世界, 😀, \u2028, \u0000, \", \\, <script>")]
    public async Task Text_arrives_as_it_was_given(string text)
    {
        await SendAsync(new Hashtable { [text] = text });

        var member = server.OnlyRequest.Json.GetProperty("input").EnumerateObject().Single();
        Assert.Equal(text, member.Name);
        Assert.Equal(text, member.Value.GetString());
    }

    [Fact]
    public async Task What_was_read_can_be_sent_again_without_loss()
    {
        const string Json = """{"a":[1,-2.5,123456789012345678901234567890,0.1234567890123456789,true,null,{"b":"\u00fc"}],"c":{}}""";
        server.Then(Answer.Json("{\"output\":" + Json + "}"));
        var output = (await client.Actions.RunAsync(new ActionSelector("a"), null).Within()).Output;

        Assert.Equal(
            """{"a":[1,-2.5,123456789012345678901234567890,0.1234567890123456789,true,null,{"b":"\u00FC"}],"c":{}}""",
            await SendAsync(output)
        );
    }

    [Fact]
    public async Task Half_a_surrogate_pair_is_refused_by_its_path()
    {
        var input = new Dictionary<string, object?>
        {
            ["items"] = new object[]
            {
                1,
                new Hashtable { ["name"] = "cut \ud83d" },
            },
        };

        Assert.Contains("InputObject.items[1].name", (await RefusedAsync(input)).Message, StringComparison.Ordinal);
        Assert.Contains("InputObject.", (await RefusedAsync(new Hashtable { ["bad \ude00"] = 1 })).Message, StringComparison.Ordinal);
        Assert.Contains("InputObject[0]", (await RefusedAsync(new object[] { '\ud83d' })).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public async Task A_number_that_JSON_lacks_is_refused_by_its_path(object number) =>
        Assert.Contains("InputObject.price", (await RefusedAsync(new Hashtable { ["price"] = number })).Message, StringComparison.Ordinal);

    [Fact]
    public async Task What_contains_itself_is_refused()
    {
        var dictionary = new Hashtable();
        dictionary["self"] = dictionary;
        var array = new object[1];
        array[0] = array;

        Assert.Contains("InputObject.self.self", (await RefusedAsync(dictionary)).Message, StringComparison.Ordinal);
        Assert.Contains("InputObject[0][0]", (await RefusedAsync(array)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_and_code_are_refused()
    {
        using var secret = new SecureString();

        Assert.Contains(
            "InputObject.password",
            (await RefusedAsync(new Hashtable { ["password"] = secret })).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "InputObject.code",
            (await RefusedAsync(new Hashtable { ["code"] = new Func<int>(static () => 1) })).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task An_object_without_a_form_in_JSON_is_refused() =>
        Assert.Contains("System.Object", (await RefusedAsync(new Hashtable { ["x"] = new object() })).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_JSON_value_that_cannot_be_written_is_refused_by_its_path()
    {
        Assert.Contains(
            "InputObject.x",
            (await RefusedAsync(new Hashtable { ["x"] = default(JsonElement) })).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "InputObject.x",
            (await RefusedAsync(new Hashtable { ["x"] = JsonDocument.Parse("\"\\ud83d\"").RootElement })).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_deepest_value_that_is_sent_is_as_deep_as_what_can_be_read()
    {
        object value = "leaf";
        for (var level = 0; level < 63; level++)
        {
            value = new[] { value };
        }

        // The object around it is a level too.
        Assert.StartsWith("[[[[", await SendAsync(value), StringComparison.Ordinal);
        Assert.Contains(
            "deeper than 64",
            (
                await Assert.ThrowsAsync<MembraneInputException>(() =>
                    client.Actions.RunAsync(new ActionSelector("a"), new[] { value }).Within()
                )
            ).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Half_a_surrogate_pair_is_refused_wherever_text_is_sent()
    {
        const string Bad = "cut \ud83d";
        var errors = new Dictionary<string, Func<Task>>
        {
            ["Prompt"] = () => client.AgentSessions.CreateAsync(new NewAgentSession { Prompt = Bad }),
            ["AgentName"] = () => client.AgentSessions.CreateAsync(new NewAgentSession { Prompt = "x", AgentName = Bad }),
            ["Message"] = () => client.AgentSessions.SendMessageAsync("s1", Bad),
            ["name"] = () => client.ConnectionRequests.CreateAsync(new NewConnectionRequest { ConnectorId = "k", Name = Bad }),
            ["Connection"] = () => client.Connections.GetAsync(Bad),
            ["Action"] = async () => await client.Actions.GetAsync(new ActionSelector(Bad)),
            ["search"] = () => client.Connections.List(new ConnectionFilter { Search = Bad }).ToListAsync(),
            ["q"] = () => client.Search.Find(Bad).ToListAsync(),
            ["intent"] = () => client.Actions.List(new ActionFilter { Intent = Bad }).ToListAsync(),
        };
        foreach ((var parameter, var call) in errors)
        {
            var error = await Assert.ThrowsAsync<MembraneInputException>(() => call().Within());
            Assert.Equal(parameter, error.ParameterName, ignoreCase: true);
        }

        Assert.Empty(server.Requests);
    }
}
