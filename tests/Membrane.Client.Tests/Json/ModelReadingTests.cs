using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Membrane.Client.Tests.Support;
using Xunit;

namespace Membrane.Client.Tests.Json;

/// <summary>Promise 1: everything the server sends is reachable.</summary>
public sealed class ModelReadingTests
{
    private static async Task<Connection> ReadAsync(string json)
    {
        using var server = new ScriptedServer(Answer.Json(json));
        using var client = Make.Client(server);
        return await client.Connections.GetAsync("c1").Within();
    }

    private static async Task<object?> ReadOutputAsync(string json)
    {
        using var server = new ScriptedServer(Answer.Json("""{"output":""" + json + "}"));
        using var client = Make.Client(server);
        return (await client.Actions.RunAsync(new ActionSelector("a"), null).Within()).Output;
    }

    [Fact]
    public async Task Known_fields_are_typed_in_any_order()
    {
        var connection = await ReadAsync(
            """
            {"connectorId":"k1","retryAttempts":3,"connected":true,"id":"c1","createdAt":"2026-01-02T03:04:05.678Z","name":"Slack",
             "error":{"type":"connection","message":"no","data":{"connectionId":"c1"}},"errors":[{"message":"a"},{"message":"b"}],
             "clientAction":{"type":"connect","uiUrl":"https://x"}}
            """
        );

        Assert.Equal("c1", connection.Id);
        Assert.Equal("k1", connection.ConnectorId);
        Assert.Equal(3, connection.RetryAttempts);
        Assert.True(connection.Connected);
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero), connection.CreatedAt);
        Assert.Equal("no", connection.Error!.Message);
        Assert.Equal(["a", "b"], connection.Errors!.Select(static error => error.Message!));
        Assert.Equal("https://x", connection.ClientAction!.UiUrl);
        Assert.Empty(connection.GetUnknownFields());
    }

    // The reader expects the order of the object before, and these have none.
    [Fact]
    public async Task Objects_of_one_list_may_each_have_an_order_of_their_own()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var items = Enumerable
            .Range(0, 300)
            .Select(number =>
                new (string Name, object? Value)[]
                {
                    ("id", $"c{number}"),
                    ("name", $"n{number}"),
                    ("tenantId", $"t{number % 3}"),
                    ("connected", number % 2 == 0),
                    ("retryAttempts", (long)number),
                    ("unknown1", $"u{number}"),
                    ("unknown2", (long)-number),
                }
                    .OrderBy(_ => random.Next())
                    .Take(random.Next(1, 8))
                    .ToArray()
            )
            .ToArray();
        var json = string.Join(
            ",",
            items.Select(static fields =>
                "{" + string.Join(",", fields.Select(static field => $"\"{field.Name}\":{JsonSerializer.Serialize(field.Value)}")) + "}"
            )
        );
        using var server = new ScriptedServer(Answer.Json("[" + json + "]"));
        using var client = Make.Client(server);

        var read = await client.Connections.List().ToListAsync().Within();

        Assert.Equal(items.Length, read.Count);
        for (var index = 0; index < items.Length; index++)
        {
            var fields = items[index].ToDictionary(static field => field.Name, static field => field.Value);
            object? Sent(string name) => fields.GetValueOrDefault(name);
            var (expected, actual) = (
                new[] { Sent("id"), Sent("name"), Sent("tenantId"), Sent("connected"), Sent("retryAttempts") },
                new object?[] { read[index].Id, read[index].Name, read[index].TenantId, read[index].Connected, read[index].RetryAttempts }
            );
            Assert.True(expected.SequenceEqual(actual), $"Item {index} of seed {seed}.");
            Assert.Equal(
                fields.Where(static field => field.Key.StartsWith("unknown", StringComparison.Ordinal)),
                read[index].GetUnknownFields()
            );
        }
    }

    [Fact]
    public async Task Unknown_fields_are_kept_under_their_own_names()
    {
        var connection = await ReadAsync("""{"id":"c1","tomorrow":{"a":[1,"x",null,true]},"Name":"other case","":0,"ünï":"ö"}""");

        var unknown = connection.GetUnknownFields();
        Assert.Equal(["tomorrow", "Name", string.Empty, "ünï"], unknown.Keys);
        Assert.Equal(new object?[] { 1L, "x", null, true }, ((IReadOnlyDictionary<string, object?>)unknown["tomorrow"]!)["a"]);
        Assert.Null(connection.Name);
    }

    [Theory]
    [InlineData("name", "42", 42L)]
    [InlineData("name", "true", true)]
    [InlineData("connected", "\"yes\"", "yes")]
    [InlineData("connected", "1", 1L)]
    [InlineData("createdAt", "1767323045678", 1767323045678L)]
    [InlineData("createdAt", "\"yesterday\"", "yesterday")]
    [InlineData("createdAt", "\"\"", "")]
    [InlineData("retryAttempts", "\"3\"", "3")]
    [InlineData("retryAttempts", "3.5", 3.5)]
    [InlineData("error", "\"broken\"", "broken")]
    [InlineData("clientAction", "7", 7L)]
    [InlineData("errors", "\"broken\"", "broken")]
    [InlineData("createdAt", "\"2026-07-26 \\ud83d\"", "2026-07-26 {1}")]
    public async Task A_known_field_of_another_type_is_kept_and_reachable(string field, string json, object expected)
    {
        var connection = await ReadAsync($$"""{"{{field}}":{{json}},"id":"c1"}""");

        Assert.Equal("c1", connection.Id);
        Assert.Equal(expected is string text ? Make.Cut(text) : expected, connection.GetUnknownFields()[field]);
        Assert.Null(typeof(Connection).GetProperty(char.ToUpperInvariant(field[0]) + field[1..])!.GetValue(connection));
    }

    [Theory]
    [InlineData("""{"errors":[{"message":"a"},"b"],"id":"c1"}""", 2)]
    [InlineData("""{"errors":[null],"id":"c1"}""", 1)]
    [InlineData("""{"errors":[[],{"x":[1,{"y":2}]}],"id":"c1"}""", 2)]
    public async Task A_list_with_an_item_of_another_type_is_kept_whole(string json, int count)
    {
        var connection = await ReadAsync(json);

        Assert.Equal("c1", connection.Id);
        Assert.Null(connection.Errors);
        Assert.Equal(count, ((object?[])connection.GetUnknownFields()["errors"]!).Length);
    }

    [Fact]
    public async Task Null_is_a_value_of_every_field()
    {
        var names = typeof(Connection)
            .GetProperties()
            .Select(static property => char.ToLowerInvariant(property.Name[0]) + property.Name[1..]);

        var connection = await ReadAsync("{" + string.Join(',', names.Select(static name => $"\"{name}\":null")) + "}");

        Assert.All(typeof(Connection).GetProperties(), property => Assert.Null(property.GetValue(connection)));
        Assert.Empty(connection.GetUnknownFields());
    }

    [Fact]
    public async Task An_empty_object_is_a_model_without_values()
    {
        var connection = await ReadAsync("{}");

        Assert.Null(connection.Id);
        Assert.Empty(connection.GetUnknownFields());
        Assert.Equal("Connection", connection.ToString());
    }

    [Fact]
    public async Task Of_a_name_that_comes_twice_the_last_counts()
    {
        var connection = await ReadAsync("""{"name":"a","x":1,"name":"b","x":2,"meta":{"k":1,"k":2,"j":0}}""");

        Assert.Equal("b", connection.Name);
        Assert.Equal(2L, connection.GetUnknownFields()["x"]);
        var meta = (IReadOnlyDictionary<string, object?>)connection.Meta!;
        Assert.Equal(["k", "j"], meta.Keys);
        Assert.Equal(2L, meta["k"]);
    }

    [Theory]
    [InlineData("""{"disconnected":true}""", false, true)]
    [InlineData("""{"disconnected":false}""", true, false)]
    [InlineData("""{"disconnected":true,"connected":true}""", true, true)]
    [InlineData("""{"connected":true,"disconnected":true}""", true, true)]
    [InlineData("""{"connected":false}""", false, null)]
    [InlineData("""{}""", null, null)]
    public async Task The_older_word_for_connected_is_understood(string json, bool? connected, bool? disconnected)
    {
        var connection = await ReadAsync(json);

        Assert.Equal(connected, connection.Connected);
        Assert.Equal(disconnected, connection.Disconnected);
    }

    public static TheoryData<string, object> Numbers =>
        new()
        {
            { "0", 0L },
            { "-1", -1L },
            { "9223372036854775807", long.MaxValue },
            { "-9223372036854775808", long.MinValue },
            { "9223372036854775808", BigInteger.Parse("9223372036854775808", CultureInfo.InvariantCulture) },
            { "-123456789012345678901234567890", BigInteger.Parse("-123456789012345678901234567890", CultureInfo.InvariantCulture) },
            { "1.5", 1.5 },
            { "1e3", 1000d },
            { "1E-7", 1e-7 },
            { "0.1", 0.1 },
            { "19.99", 19.99 },
            { "1.7976931348623157e308", double.MaxValue },
            { "12345678901234567.89", 12345678901234567.89m },
            { "0.1234567890123456789", 0.1234567890123456789m },
            { "79228162514264337593543950335.0", decimal.MaxValue },
            { "3.14159265358979323846264338327950288", 3.1415926535897932384626433833m },
            { "0.00000000000000000", 0d },
            { "0.000000000000000000000000000000012345", 1.2345e-32 },
            { "-0.0000000000000000000000000000000000001", -1e-37 },
            { "123456789012345678901234567890123456789.5", 1.2345678901234568e38 },
        };

    [Theory]
    [MemberData(nameof(Numbers), DisableDiscoveryEnumeration = true)]
    public async Task Numbers_are_kept_as_exactly_as_a_type_can(string json, object expected)
    {
        var value = await ReadOutputAsync(json);

        Assert.Equal(expected, value);
        Assert.Equal(expected.GetType(), value!.GetType());
    }

    [Fact]
    public async Task A_number_without_end_is_malformed_rather_than_a_hang()
    {
        var error = await Assert.ThrowsAsync<MembraneResponseException>(() => ReadOutputAsync(new string('9', 20_000_000)));

        Assert.Equal(ErrorIds.MalformedResponse, error.ErrorId);
    }

    [Theory]
    [InlineData("2026-07-26T10:00:00+02:00", "2026-07-26T10:00:00.0000000+02:00")]
    [InlineData("2026-07-26T10:00:00\\u002B02:00", "2026-07-26T10:00:00.0000000+02:00")]
    [InlineData("2026-07-26T10:00:00.1234567-05:30", "2026-07-26T10:00:00.1234567-05:30")]
    [InlineData("2026-07-26T10:00:00Z", "2026-07-26T10:00:00.0000000+00:00")]
    public async Task Dates_keep_their_offset(string sent, string expected)
    {
        var connection = await ReadAsync($$"""{"createdAt":"{{sent}}","meta":"{{sent}}"}""");

        Assert.Equal(expected, connection.CreatedAt!.Value.ToString("o", CultureInfo.InvariantCulture));
        Assert.Equal(sent.Replace("\\u002B", "+", StringComparison.Ordinal), connection.Meta);
    }

    [Fact]
    public async Task Values_nested_to_the_limit_are_read_and_deeper_ones_are_malformed()
    {
        // The answer itself is one level.
        var value = await ReadOutputAsync(new string('[', 63) + new string(']', 63));
        var depth = 0;
        for (; value is object?[] array; value = array.FirstOrDefault())
        {
            depth++;
        }

        Assert.Equal(63, depth);
        foreach (var deep in new[] { new string('[', 64) + new string(']', 64), new string('[', 1_000_000) })
        {
            Assert.Equal(
                ErrorIds.MalformedResponse,
                (await Assert.ThrowsAsync<MembraneResponseException>(() => ReadOutputAsync(deep))).ErrorId
            );
        }
    }

    [Fact]
    public async Task Ten_thousand_properties_keep_their_order_and_their_last_values()
    {
        var json = new StringBuilder("{\"id\":\"c1\",\"meta\":{");
        json.AppendJoin(',', Enumerable.Range(0, 10_000).Select(static index => $"\"p{index}\":{index}")).Append(",\"p5000\":-1},");
        json.AppendJoin(',', Enumerable.Range(0, 10_000).Select(static index => $"\"q{index}\":{index}")).Append('}');

        var connection = await ReadAsync(json.ToString());

        var meta = (IReadOnlyDictionary<string, object?>)connection.Meta!;
        Assert.Equal(Enumerable.Range(0, 10_000).Select(static index => "p" + index), meta.Keys);
        Assert.Equal(-1L, meta["p5000"]);
        Assert.Equal(10_000, connection.GetUnknownFields().Count);
    }

    [Theory]
    [InlineData("\\ud83d", "{1}")]
    [InlineData("cut \\ud83d", "cut {1}")]
    [InlineData("\\ude00 rest\\n\\t\\\"\\\\\\/\\b\\f\\r", "{2} rest\n\t\"\\/\b\f\r")]
    [InlineData("\\ud83d\\ud83d\\ude00é\\u00e9", "{1}😀éé")]
    [InlineData("\\ud83d\\ude00", "😀")]
    public async Task Text_that_a_server_cut_in_the_middle_of_a_character_is_read_all_the_same(string json, string expected)
    {
        var connection = await ReadAsync(
            """{"id":"c1","name":"TEXT","tomorrow":"TEXT","meta":{"TEXT":["TEXT"]},"TEXT":1}""".Replace(
                "TEXT",
                json,
                StringComparison.Ordinal
            )
        );

        expected = Make.Cut(expected);
        Assert.Equal(expected, connection.Name);
        Assert.Equal(expected, connection.GetUnknownFields()["tomorrow"]);
        Assert.Equal(1L, connection.GetUnknownFields()[expected]);
        var member = Assert.Single((IReadOnlyDictionary<string, object?>)connection.Meta!);
        Assert.Equal(expected, member.Key);
        Assert.Equal(new object?[] { expected }, member.Value);
    }

    [Fact]
    public async Task An_object_model_of_the_host_shapes_what_is_read()
    {
        using var server = new ScriptedServer(Answer.Json("""{"id":"c1","meta":{"a":{"b":1}},"new":2}"""));
        var model = new RecordingModel();
        using var client = new MembraneClient(
            new MembraneClientOptions
            {
                ApiUri = server.Uri,
                TokenSource = new FixedTokenSource(Make.AccountToken),
                ObjectModel = model,
            }
        );

        var connection = await client.Connections.GetAsync("c1").Within();

        Assert.Equal("a=b=1", connection.Meta);
        Assert.Equal(["new"], model.Shown);
    }

    private sealed class RecordingModel : Membrane.Client.Json.IObjectAdapter
    {
        public List<string> Shown { get; } = [];

        public object CreateObject(IReadOnlyList<KeyValuePair<string, object?>> members) =>
            string.Join(';', members.Select(static member => member.Key + "=" + member.Value));

        public MembraneModel? CreateModel(Type type) => null;

        public void ShowUnknownFields(MembraneModel model, IReadOnlyDictionary<string, object?> fields) => Shown.AddRange(fields.Keys);

        public T CreatePart<T>(T model)
            where T : MembraneModel => model;

        public IReadOnlyList<T> CreateParts<T>(IList<T> models)
            where T : MembraneModel => [.. models];

        public object? Unwrap(object? value) => value;

        public IEnumerable<KeyValuePair<string, object?>>? GetMembers(object value) => null;
    }
}
