using System;
using System.Collections.Generic;
using System.Security;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Threading.Tasks;
using Membrane.Client.Tests.Support;
using Xunit;

namespace Membrane.Client.Tests.Json;

/// <summary>Whatever System.Text.Json can write is an input.</summary>
public sealed class ObjectInputTests : IDisposable
{
    private readonly ScriptedServer server = new() { Otherwise = static _ => Answer.Json("{}") };
    private readonly MembraneClient client;

    public ObjectInputTests() => client = Make.Client(server);

    public void Dispose()
    {
        client.Dispose();
        server.Dispose();
    }

    public static TheoryData<object, string> Objects =>
        new()
        {
            { new { channel = "#general", at = DayOfWeek.Friday }, """{"channel":"#general","at":"Friday"}""" },
            { new Point(1, 2), """{"X":1,"Y":2}""" },
            {
                new Named { FullName = "Ada", Hidden = "no" },
                """{"full_name":"Ada"}"""
            },
            { new CustomerId("c-1"), "\"c-1\"" },
            { JsonDocument.Parse("{\"a\":1.50}"), """{"a":1.50}""" },
            { new ReadOnlyMemory<byte>("AB"u8.ToArray()), "\"QUI=\"" },
            {
                new Dictionary<string, object?> { ["point"] = new Point(1, 2), ["id"] = new CustomerId("c-2") },
                """{"point":{"X":1,"Y":2},"id":"c-2"}"""
            },
            { new object[] { new { a = 1 }, new Point(3, 4) }, """[{"a":1},{"X":3,"Y":4}]""" },
            { new { list = new List<Point> { new(5, 6) }, node = JsonNode.Parse("[1]") }, """{"list":[{"X":5,"Y":6}],"node":[1]}""" },
        };

    [Theory]
    [MemberData(nameof(Objects), DisableDiscoveryEnumeration = true)]
    public async Task An_object_is_sent_as_its_serializer_writes_it(object input, string expected)
    {
        await client.Actions.RunAsync(new ActionSelector("a"), input).Within();

        Assert.Equal(expected, server.OnlyRequest.Json.GetProperty("input").GetRawText());
    }

    [Fact]
    public async Task Objects_are_taken_wherever_members_are()
    {
        object[] objects =
        [
            new { name = "Ada" },
            JsonNode.Parse("""{"name":"Ada"}""")!,
            JsonDocument.Parse("""{"name":"Ada"}""").RootElement,
        ];
        foreach (var each in objects)
        {
            await client
                .Requests.SendAsync(
                    new RawRequest
                    {
                        Path = "/x",
                        Method = "POST",
                        Body = each,
                    }
                )
                .Within();
            Assert.Equal("""{"name":"Ada"}""", server.Requests[^1].BodyText);

            await client.Data.UpdateAsync(new CollectionPointer("c1", "contacts"), "r1", each).Within();
            Assert.Equal("Ada", server.Requests[^1].Json.GetProperty("fields").GetProperty("name").GetString());
        }
    }

    [Fact]
    public async Task What_cannot_be_written_is_refused_by_its_path()
    {
        using var secret = new SecureString();
        var circle = new Node();
        circle.Next = circle;
        object[] inputs =
        [
            new { password = secret },
            new { text = "cut \ud83d" },
            new { number = double.NaN },
            new { code = new Func<int>(static () => 1) },
            new Broken(),
            circle,
        ];
        foreach (var each in inputs)
        {
            var error = await Assert.ThrowsAsync<MembraneInputException>(() =>
                client.Actions.RunAsync(new ActionSelector("a"), new Dictionary<string, object?> { ["x"] = each }).Within()
            );
            Assert.Equal("InputObject", error.ParameterName);
            Assert.Contains("InputObject.x is a ", error.Message, StringComparison.Ordinal);
        }

        Assert.Empty(server.Requests);
    }

    private sealed record Point(int X, int Y);

    private sealed class Named
    {
        [JsonPropertyName("full_name")]
        public string? FullName { get; set; }

        [JsonIgnore]
        public string? Hidden { get; set; }
    }

    private sealed class Node
    {
        public Node? Next { get; set; }
    }

    private sealed class Broken
    {
        private readonly string why = "broken";

        public string Name => throw new InvalidOperationException(why);
    }

    [JsonConverter(typeof(CustomerIdConverter))]
    private sealed record CustomerId(string Value);

    private sealed class CustomerIdConverter : JsonConverter<CustomerId>
    {
        public override CustomerId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, CustomerId value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }
}
