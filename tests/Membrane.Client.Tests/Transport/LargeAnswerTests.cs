using System;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Membrane.Client.Tests.Support;
using Xunit;

namespace Membrane.Client.Tests.Transport;

/// <summary>Answers that are larger than the buffers of the shared pool, so that values lie on both sides of an edge.</summary>
public sealed class LargeAnswerTests
{
    private const int Megabyte = 1024 * 1024;

    [Theory]
    [InlineData(Megabyte - 1)]
    [InlineData(Megabyte)]
    [InlineData(Megabyte + 1)]
    [InlineData(Megabyte + (64 * 1024) - 1)]
    [InlineData(Megabyte + (64 * 1024))]
    [InlineData((2 * Megabyte) + 7)]
    public async Task An_answer_of_any_length_is_read_whole(int length)
    {
        var body = "{\"id\":\"c1\",\"name\":\"" + new string('n', length - "{\"id\":\"c1\",\"name\":\"\"}".Length) + "\"}";
        using var server = new ScriptedServer(Answer.Json(body), Answer.Chunked(body));
        using var client = Make.Client(server);

        Assert.Equal(length - 21, (await client.Connections.GetAsync("c1").Within()).Name!.Length);
        Assert.Equal(length - 21, (await client.Connections.GetAsync("c1").Within()).Name!.Length);
    }

    [Fact]
    public async Task Values_of_every_kind_are_the_same_wherever_an_edge_cuts_them()
    {
        var items = Enumerable
            .Range(0, 20_000)
            .Select(static number => new
            {
                number,
                text = "é\u00e9\n\"" + number,
                exact = 0.1m + number,
                large = "12345678901234567890123",
                flag = number % 2 == 0,
                nothing = (string?)null,
                many = new[] { number, -number },
            })
            .ToArray();
        var body =
            "\ufeff"
            + JsonSerializer.Serialize(items).Replace("\"12345678901234567890123\"", "12345678901234567890123", StringComparison.Ordinal);
        Assert.True(body.Length > 2 * Megabyte);
        using var server = new ScriptedServer(Answer.Json(body));
        using var client = Make.Client(server);

        var answer = await client.Requests.SendAsync(new RawRequest { Path = "items" }).Within();

        var read = Assert.IsType<object?[]>(answer.Value);
        Assert.Equal(items.Length, read.Length);
        for (var index = 0; index < items.Length; index++)
        {
            var members = Assert.IsAssignableFrom<System.Collections.Generic.IReadOnlyDictionary<string, object?>>(read[index]);
            Assert.Equal((long)index, members["number"]);
            Assert.Equal(items[index].text, members["text"]);
            Assert.Equal(items[index].exact, Convert.ToDecimal(members["exact"], System.Globalization.CultureInfo.InvariantCulture));
            Assert.Equal(items[index].large, members["large"]!.ToString());
            Assert.Equal(items[index].flag, members["flag"]);
            Assert.Null(members["nothing"]);
            Assert.Equal([(long)index, -(long)index], Assert.IsType<object?[]>(members["many"]));
        }

        Assert.Equal(Encoding.UTF8.GetBytes(body.Substring(1)), answer.Content);
        Assert.Same(answer.Content, answer.Content);
    }

    [Fact]
    public async Task A_long_text_with_escapes_is_read_as_it_is()
    {
        var text = string.Concat(Enumerable.Repeat("line\n\"é\\/\ud83d\ude00\t", 100_000)) + "{1}";
        var json = JsonSerializer.Serialize(text).Replace("{1}", "\\ud83d", StringComparison.Ordinal);
        using var server = new ScriptedServer(Answer.Json("{\"id\":\"c1\",\"name\":" + json + "}"));
        using var client = Make.Client(server);

        Assert.Equal(Make.Cut(text), (await client.Connections.GetAsync("c1").Within()).Name);
    }

    [Fact]
    public async Task A_list_of_a_large_page_has_all_its_items_and_their_marks()
    {
        var items = string.Join(
            ',',
            Enumerable
                .Range(0, 30_000)
                .Select(static number =>
                    $"{{\"id\":\"r{number}\",\"name\":\"Contact {number} of many\",\"fields\":{{\"email\":\"p{number}@example.com\"}}}}"
                )
        );
        using var server = new ScriptedServer(
            Answer.Json($$"""{"cursor":"next","records":[{{items}}],"more":true}"""),
            Answer.Json("""{"records":[{"id":"last"}]}""")
        );
        using var client = Make.Client(server);

        var records = await client.Data.List(new CollectionPointer("c1", "contacts")).ToListAsync().Within();

        Assert.Equal(30_001, records.Count);
        Assert.Equal(
            Enumerable.Range(0, 30_000).Select(static number => "r" + number).Append("last"),
            records.Select(static record => record.Id)
        );
        Assert.All(records, static record => Assert.Equal("contacts", record.CollectionKey));
    }

    [Fact]
    public async Task A_part_of_a_large_page_is_a_part_and_pages_have_arrays()
    {
        var body =
            "["
            + string.Join(
                ',',
                Enumerable.Range(0, 20_000).Select(static number => $$"""{"id":"c{{number}}","name":"{{new string('n', 100)}}"}""")
            )
            + "]";
        using var server = new ScriptedServer { Otherwise = _ => Answer.Json(body) };
        using var client = Make.Client(server);

        var part = await client.Connections.List(options: new ListingOptions { Skip = 15_000, First = 3 }).ToListAsync().Within();
        var pages = await client.Connections.List().GetPagesAsync().ToListAsync().Within();

        Assert.Equal(["c15000", "c15001", "c15002"], part.Select(static connection => connection.Id));
        Assert.Equal(20_000, Assert.Single(pages).Items.Count);
        Assert.Same(pages[0].Items[5], pages[0].Items[5]);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"c1\"")]
    [InlineData("{\"id\":")]
    [InlineData("{}],\"cursor\":{}")]
    public async Task A_large_list_that_is_none_is_called_malformed(string end)
    {
        var body = "{\"items\":[" + string.Concat(Enumerable.Repeat("{\"id\":\"c1\",\"name\":\"nnnnnnnnnnnnnnnnnnnn\"},", 50_000)) + end;
        using var server = new ScriptedServer(Answer.Json(body + (end.EndsWith('}') ? "}" : "]}")));
        using var client = Make.Client(server);

        Assert.Equal(
            ErrorIds.MalformedResponse,
            (await Assert.ThrowsAsync<MembraneResponseException>(() => client.Connections.List().ToListAsync().Within())).ErrorId
        );
    }

    [Fact]
    public async Task Text_that_is_no_UTF8_in_a_large_list_is_called_malformed_when_it_is_its_turn()
    {
        byte[] items =
        [
            .. Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"id\":\"c1\",\"name\":\"nnnnnnnnnnnnnnnnnnnn\"},", 50_000))),
        ];
        byte[] body = [.. "{\"items\":["u8, .. items, .. "{\"id\":\"caf"u8, 0xE9, .. "\"}]}"u8];
        using var server = new ScriptedServer(Answer.Bytes(body, "application/json"));
        using var client = Make.Client(server);

        Assert.Equal(
            ErrorIds.MalformedResponse,
            (await Assert.ThrowsAsync<MembraneResponseException>(() => client.Connections.List().ToListAsync().Within())).ErrorId
        );
    }

    [Fact]
    public async Task The_token_is_hidden_in_a_large_error_wherever_an_edge_cuts_it()
    {
        var repeated = string.Concat(Enumerable.Repeat(Make.AccountToken + " ", 100_000));
        using var server = new ScriptedServer(
            Answer.Json("{\"type\":\"bad_request\",\"message\":\"no\",\"data\":{\"echo\":\"" + repeated + "\"}}", 400)
        );
        using var client = Make.Client(server);

        var error = await Assert.ThrowsAsync<MembraneApiException>(() => client.Connections.GetAsync("c1").Within());

        Assert.DoesNotContain("SECRETSECRET", JsonSerializer.Serialize(error.Error.Data), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData((30 * Megabyte) - 1, true)]
    [InlineData(30 * Megabyte, true)]
    [InlineData((30 * Megabyte) + 1, false)]
    public async Task An_answer_may_have_as_much_as_the_API_documents(int length, bool isTaken)
    {
        var body = "{\"id\":\"c1\",\"name\":\"" + new string('n', length - 21) + "\"}";
        using var server = new ScriptedServer(Answer.Json(body), Answer.Chunked(body));
        using var client = Make.Client(server);

        for (var round = 0; round < 2; round++)
        {
            var get = client.Connections.GetAsync("c1").Within();
            if (isTaken)
            {
                Assert.Equal("c1", (await get).Id);
            }
            else
            {
                var error = await Assert.ThrowsAsync<MembraneNetworkException>(() => get);
                Assert.Equal(ErrorIds.ResponseTooLarge, error.ErrorId);
                Assert.Contains("30 MB", error.Message, StringComparison.Ordinal);
            }
        }
    }
}
