using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Tests.Support;
using Xunit;

namespace Membrane.Client.Tests.Paging;

/// <summary>Promise 2: lists stream.</summary>
public sealed class ListingTests
{
    private static Answer Page(IEnumerable<int> ids, string? cursor = null) =>
        Answer.Json(
            "{\"items\":["
                + string.Join(',', ids.Select(static id => $"{{\"id\":\"{id}\"}}"))
                + "]"
                + (cursor is null ? "}" : $",\"cursor\":\"{cursor}\"}}")
        );

    private static Answer Page(int first, int count, string? cursor = null) => Page(Enumerable.Range(first, count), cursor);

    /// <summary>A list of so many items, in pages as large as asked for but no larger than the server likes.</summary>
    private static Func<RecordedRequest, Answer> ListOf(int total, int largestPage = 1000) =>
        request =>
        {
            var start = int.Parse(request.QueryValue("cursor") ?? "0", System.Globalization.CultureInfo.InvariantCulture);
            var count = Math.Min(
                Math.Min(int.Parse(request.QueryValue("limit")!, System.Globalization.CultureInfo.InvariantCulture), largestPage),
                total - start
            );
            var end = start + count;
            return Page(start, count, end < total ? end.ToString(System.Globalization.CultureInfo.InvariantCulture) : null);
        };

    private static IEnumerable<string> Ids(IEnumerable<Connection> connections) => connections.Select(static connection => connection.Id!);

    private static IEnumerable<string> Numbers(int first, int count) =>
        Enumerable.Range(first, count).Select(static number => number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public async Task Nothing_is_asked_for_before_it_is_enumerated()
    {
        using var server = new ScriptedServer();
        using var client = Make.Client(server);

        await using var items = client.Connections.List().GetAsyncEnumerator();

        Assert.Equal(0, server.Connections);
    }

    [Fact]
    public async Task All_pages_are_followed_by_their_cursors()
    {
        using var server = new ScriptedServer { Otherwise = ListOf(25, largestPage: 10) };
        using var client = Make.Client(server);

        Assert.Equal(Numbers(0, 25), Ids(await client.Connections.List().ToListAsync().Within()));
        Assert.Equal([null, "10", "20"], server.Requests.Select(static request => request.QueryValue("cursor")));
        Assert.All(server.Requests, static request => Assert.Equal("1000", request.QueryValue("limit")));
    }

    [Fact]
    public async Task A_cursor_of_any_text_comes_back_unharmed()
    {
        using var server = new ScriptedServer(Page(0, 1, "a+b/c=&d é%20"), Page(1, 1));
        using var client = Make.Client(server);

        await client.Connections.List().ToListAsync().Within();

        Assert.Equal("a+b/c=&d é%20", server.Requests[1].QueryValue("cursor"));
    }

    [Theory]
    [InlineData("17", "17")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData("1.5", "1.5")]
    public async Task A_cursor_that_is_a_number_is_followed(string json, string expected)
    {
        using var server = new ScriptedServer(Answer.Json("{\"items\":[{\"id\":\"0\"}],\"cursor\":" + json + "}"), Page(1, 1));
        using var client = Make.Client(server);

        Assert.Equal(2, (await client.Connections.List().ToListAsync().Within()).Count);
        Assert.Equal(expected, server.Requests[1].QueryValue("cursor"));
    }

    [Theory]
    [InlineData("""{"items":[{"id":"0"}],"cursor":null}""")]
    [InlineData("""{"items":[{"id":"0"}],"cursor":""}""")]
    [InlineData("""{"cursor":null,"total":{"n":[1]},"items":[{"id":"0"}]}""")]
    [InlineData("""[{"id":"0"}]""")]
    public async Task The_last_page_has_no_cursor_and_a_bare_array_is_a_page(string body)
    {
        using var server = new ScriptedServer(Answer.Json(body));
        using var client = Make.Client(server);

        Assert.Single(await client.Connections.List().ToListAsync().Within());
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task An_empty_list_is_empty()
    {
        using var server = new ScriptedServer(Page(0, 0), Answer.Json("[]"));
        using var client = Make.Client(server);

        Assert.Empty(await client.Connections.List().ToListAsync().Within());
        Assert.Empty(await client.Connections.List().ToListAsync().Within());
    }

    [Fact]
    public async Task An_empty_page_with_a_cursor_is_not_the_end()
    {
        using var server = new ScriptedServer(Page(0, 0, "a"), Page(0, 2, "b"), Page(0, 0, "c"), Page(2, 1));
        using var client = Make.Client(server);

        Assert.Equal(["0", "1", "2"], Ids(await client.Connections.List().ToListAsync().Within()));
    }

    [Theory]
    [InlineData(5, 0, 1, "5")]
    [InlineData(1, 0, 1, "1")]
    [InlineData(5, 3, 1, "8")]
    [InlineData(10, 0, 1, "10")]
    [InlineData(11, 0, 2, "11,1")]
    [InlineData(25, 0, 3, "25,15,5")]
    [InlineData(3, 12, 2, "15,5")]
    [InlineData(3, 9, 2, "12,2")]
    public async Task First_and_skip_ask_for_no_more_than_is_needed(int first, int skip, int requests, string limits)
    {
        using var server = new ScriptedServer { Otherwise = ListOf(100, largestPage: 10) };
        using var client = Make.Client(server);

        var items = await client.Connections.List(null, new ListingOptions { First = first, Skip = skip }).ToListAsync().Within();

        Assert.Equal(Numbers(skip, first), Ids(items));
        Assert.Equal(requests, server.Requests.Count);
        Assert.Equal(limits, string.Join(',', server.Requests.Select(static request => request.QueryValue("limit"))));
    }

    [Fact]
    public async Task First_of_nothing_asks_for_nothing()
    {
        using var server = new ScriptedServer();
        using var client = Make.Client(server);

        Assert.Empty(await client.Connections.List(null, new ListingOptions { First = 0 }).ToListAsync().Within());
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData(long.MaxValue, null)]
    [InlineData(long.MaxValue, 5L)]
    [InlineData(long.MaxValue, long.MaxValue)]
    [InlineData(100L, long.MaxValue)]
    public async Task Skipping_more_than_there_is_gives_nothing(long skip, long? first)
    {
        using var server = new ScriptedServer { Otherwise = ListOf(20, largestPage: 10) };
        using var client = Make.Client(server);

        Assert.Empty(await client.Connections.List(null, new ListingOptions { Skip = skip, First = first }).ToListAsync().Within());
        Assert.All(server.Requests, static request => Assert.Equal("1000", request.QueryValue("limit")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1001)]
    public void A_page_size_out_of_range_is_refused(int size) =>
        Assert.Equal("PageSize", Assert.Throws<MembraneInputException>(() => new ListingOptions { PageSize = size }).ParameterName);

    [Fact]
    public void A_negative_first_or_skip_is_refused()
    {
        Assert.Equal("Skip", Assert.Throws<MembraneInputException>(static () => new ListingOptions { Skip = -1 }).ParameterName);
        Assert.Equal("First", Assert.Throws<MembraneInputException>(static () => new ListingOptions { First = -1 }).ParameterName);
    }

    [Fact]
    public async Task A_server_that_sends_more_than_asked_for_is_cut_at_first()
    {
        using var server = new ScriptedServer(Page(0, 50, "more"));
        using var client = Make.Client(server);

        Assert.Equal(5, (await client.Connections.List(null, new ListingOptions { First = 5 }).ToListAsync().Within()).Count);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(9)]
    [InlineData(10)]
    public async Task The_next_page_is_asked_for_when_half_of_the_present_one_was_taken_and_not_before(int pageSize)
    {
        using var server = new ScriptedServer { Otherwise = ListOf(100, pageSize) };
        using var client = Make.Client(server);
        var untilHalf = (pageSize + 1) / 2;

        await using var items = client.Connections.List().GetAsyncEnumerator();
        for (var taken = 0; taken < untilHalf; taken++)
        {
            Assert.True(await items.MoveNextAsync().AsTask().Within());
        }

        // A page too early would have been asked for synchronously; the settling time only helps to see it.
        await Task.Delay(50);
        Assert.Single(server.Requests);

        Assert.True(await items.MoveNextAsync().AsTask().Within());
        await server.UntilRequestsAsync(2);
    }

    [Fact]
    public async Task Never_more_than_one_page_is_ahead()
    {
        using var server = new ScriptedServer { Otherwise = ListOf(100, 10) };
        using var client = Make.Client(server);

        await using var items = client.Connections.List().GetAsyncEnumerator();
        for (var taken = 0; taken < 10; taken++)
        {
            Assert.True(await items.MoveNextAsync().AsTask().Within());
        }

        await server.UntilRequestsAsync(2);
        await Task.Delay(50);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Whoever_takes_five_and_leaves_costs_one_request()
    {
        using var server = new ScriptedServer { Otherwise = ListOf(100, 10) };
        using var client = Make.Client(server);

        var taken = 0;
        await foreach (var connection in client.Connections.List())
        {
            if (++taken == 5)
            {
                break;
            }
        }

        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("a", "a")]
    [InlineData("a", "b", "a")]
    [InlineData("a", "b", "c", "b")]
    public async Task A_server_that_goes_in_circles_is_an_error(params string[] cursors)
    {
        var next = 0;
        using var server = new ScriptedServer { Otherwise = _ => Page(next, 1, cursors[next++ % cursors.Length]) };
        using var client = Make.Client(server);

        var items = await Assert.ThrowsAsync<MembraneException>(() => client.Connections.List().ToListAsync().Within());
        next = 0;
        var pages = await Assert.ThrowsAsync<MembraneException>(() => client.Connections.List().GetPagesAsync().ToListAsync().Within());

        Assert.Equal(ErrorIds.MalformedResponse, items.ErrorId);
        Assert.Equal(ErrorIds.MalformedResponse, pages.ErrorId);
    }

    [Theory]
    [InlineData(null, 0, 1000, 10)]
    [InlineData(7L, 0, 1000, 10)]
    [InlineData(7L, 5, 1000, 10)]
    [InlineData(7L, 5, 3, 10)]
    [InlineData(10L, 10, 1000, 10)]
    [InlineData(null, 24, 1000, 10)]
    [InlineData(null, 25, 1000, 10)]
    [InlineData(null, 99, 10, 1000)]
    [InlineData(0L, 0, 1000, 10)]
    [InlineData(1L, 0, 1000, 1000)]
    public async Task Pages_have_the_items_of_the_list(long? first, int skip, int pageSize, int largestPage)
    {
        using var server = new ScriptedServer { Otherwise = ListOf(25, largestPage) };
        using var client = Make.Client(server);
        var list = client.Connections.List(
            options: new ListingOptions
            {
                First = first,
                Skip = skip,
                PageSize = pageSize,
            }
        );
        var items = await list.ToListAsync().Within();
        var asked = server.Requests.Count;

        var pages = await list.GetPagesAsync().ToListAsync().Within();

        Assert.Equal(Ids(items), Ids(pages.SelectMany(static page => page.Items)));
        Assert.Equal(asked, server.Requests.Count - asked);
    }

    [Fact]
    public async Task A_page_that_is_more_than_was_asked_for_is_cut()
    {
        using var server = new ScriptedServer { Otherwise = static _ => Page(0, 5, "next") };
        using var client = Make.Client(server);

        var pages = await client.Connections.List(options: new ListingOptions { First = 3 }).GetPagesAsync().ToListAsync().Within();

        Assert.Equal(Numbers(0, 3), Ids(Assert.Single(pages).Items));
        Assert.Null(pages[0].Cursor);
    }

    [Fact]
    public async Task Pages_are_asked_for_one_by_one()
    {
        using var server = new ScriptedServer { Otherwise = ListOf(25, 10) };
        using var client = Make.Client(server);

        await using var pages = client.Connections.List().GetPagesAsync().GetAsyncEnumerator();
        Assert.True(await pages.MoveNextAsync().AsTask().Within());
        await Task.Delay(50);
        Assert.Single(server.Requests);
        Assert.Equal("10", pages.Current.Cursor);
        Assert.True(await pages.MoveNextAsync().AsTask().Within());
        Assert.True(await pages.MoveNextAsync().AsTask().Within());
        Assert.Null(pages.Current.Cursor);
        Assert.False(await pages.MoveNextAsync().AsTask().Within());
    }

    [Fact]
    public async Task An_error_of_a_later_page_comes_after_the_items_before_it()
    {
        using var server = new ScriptedServer(Page(0, 4, "next"), Answer.Error(403, "bad_request", "access_denied"));
        using var client = Make.Client(server);
        var taken = new List<Connection>();

        await Assert.ThrowsAsync<MembraneApiException>(async () =>
        {
            await foreach (var connection in client.Connections.List())
            {
                taken.Add(connection);
            }
        });

        Assert.Equal(4, taken.Count);
    }

    [Fact]
    public async Task Cancelling_in_the_middle_leaves_nothing_running()
    {
        using var server = new ScriptedServer(Page(0, 2, "next"), Answer.Stall);
        using var client = Make.Client(server);
        using var stop = new CancellationTokenSource();

        await Assert
            .ThrowsAnyAsync<OperationCanceledException>(async () =>
            {
                await foreach (var connection in client.Connections.List().WithCancellation(stop.Token))
                {
                    if (connection.Id == "1")
                    {
                        await Guard.UntilAsync(() => server.Waiting == 1);
                        await stop.CancelAsync();
                    }
                }
            })
            .Within();

        await Guard.UntilAsync(() => server.Waiting == 0);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Leaving_early_ends_the_page_that_is_under_way()
    {
        using var server = new ScriptedServer(Page(0, 2, "next"), Answer.Stall);
        using var client = Make.Client(server);

        await foreach (var connection in client.Connections.List())
        {
            if (connection.Id == "1")
            {
                await Guard.UntilAsync(() => server.Waiting == 1);
                break;
            }
        }

        await Guard.UntilAsync(() => server.Waiting == 0);
    }

    [Theory]
    [InlineData("answer")]
    [InlineData("defect")]
    public async Task The_error_of_a_page_that_nobody_wants_is_neither_surfaced_nor_unobserved(string kind)
    {
        var unobserved = new List<Exception>();
        EventHandler<UnobservedTaskExceptionEventArgs> listen = (_, arguments) => unobserved.Add(arguments.Exception);
        TaskScheduler.UnobservedTaskException += listen;
        try
        {
            await TakeTwoAndLeaveAsync(kind);
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            Assert.DoesNotContain(
                unobserved,
                static exception => exception.ToString().Contains("nobody wants this", StringComparison.Ordinal)
            );
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= listen;
        }
    }

    private static async Task TakeTwoAndLeaveAsync(string kind)
    {
        var calls = 0;
        var failed = new TaskCompletionSource();
        var listing = new Listing<Connection>(
            async (_, _, _) =>
            {
                if (++calls == 1)
                {
                    return new Page<Connection>([new Connection(), new Connection()], "next");
                }

                await Task.Yield();
                failed.SetResult();
                throw kind == "answer"
                    ? new MembraneException("X", "nobody wants this")
                    : new InvalidOperationException("nobody wants this");
            },
            null
        );
        var taken = 0;
        await foreach (var connection in listing)
        {
            if (++taken == 2)
            {
                await failed.Task.Within();
                break;
            }
        }
    }

    [Fact]
    public async Task A_search_never_asks_for_more_than_its_largest_page()
    {
        using var server = new ScriptedServer(
            Answer.Json("""{"items":[{"elementType":"connector","element":{"id":"k1","name":"Slack"}}]}""")
        );
        using var client = Make.Client(server);

        var result = Assert.Single(await client.Search.Find("slack", "Connector").ToListAsync().Within());

        Assert.Equal("connector Slack", result.ToString());
        Assert.Equal("k1", result.Id);
        Assert.Equal("q=slack&elementType=connector&limit=100", server.OnlyRequest.Query);
    }

    [Fact]
    public async Task One_listing_can_be_enumerated_twice()
    {
        using var server = new ScriptedServer { Otherwise = ListOf(15, 10) };
        using var client = Make.Client(server);
        var listing = client.Connections.List();

        Assert.Equal(15, (await listing.ToListAsync().Within()).Count);
        Assert.Equal(15, (await listing.ToListAsync().Within()).Count);
    }
}
