using System;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using Membrane.Emulator.Contract;
using Membrane.Emulator.Tests.Support;
using Xunit;

namespace Membrane.Emulator.Tests;

public sealed class ContractTests
{
    [Fact]
    public void The_table_holds_the_whole_published_contract()
    {
        Assert.Equal(342, OperationTable.Default.Operations.Count);
        Assert.Equal(342, OperationTable.Default.Operations.Select(operation => operation.Id).Distinct().Count());
    }

    [Fact]
    public async Task Every_operation_answers_by_contract_or_says_that_it_is_not_built()
    {
        using var workspace = new TestWorkspace();
        var manager = workspace.Manager;
        foreach (var operation in OperationTable.Default.Operations)
        {
            var path = string.Join("/", operation.Path.Split('/').Select(part => part.StartsWith('{') ? "x_unknown" : part));

            var answer = await manager.Send(new HttpMethod(operation.Method), path);

            Assert.True((int)answer.Status is < 500 or 501, $"{operation.Id}: {(int)answer.Status} {answer.Text}");
            if (answer.Status == HttpStatusCode.NotImplemented)
            {
                Assert.Contains($"'{operation.Id}'", answer.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Every_operation_needs_a_token()
    {
        using var workspace = new TestWorkspace();
        var nobody = workspace.Nobody;
        foreach (var operation in OperationTable.Default.Operations)
        {
            var path = string.Join("/", operation.Path.Split('/').Select(part => part.StartsWith('{') ? "x_unknown" : part));

            Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.Send(new HttpMethod(operation.Method), path)).Status);
        }
    }

    [Theory]
    [InlineData("GET", "/nope")]
    [InlineData("GET", "/")]
    [InlineData("DELETE", "/connections")]
    [InlineData("GET", "/connections/a/b/c/d")]
    [InlineData("GET", "/connections//x")]
    [InlineData("OPTIONS", "/connections")]
    public async Task An_unknown_path_is_not_found(string method, string path)
    {
        using var workspace = new TestWorkspace();

        var answer = await workspace.Alice.Send(new HttpMethod(method), path);

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Equal("not_found", answer["key"]);
    }

    [Theory]
    [InlineData("/actions?limit=0")]
    [InlineData("/actions?limit=1001")]
    [InlineData("/actions?limit=ten")]
    [InlineData("/actions?limit=5&limit=6")]
    [InlineData("/actions?cursor=!!")]
    [InlineData("/actions?cursor=YWJj")]
    [InlineData("/actions?layer=cellar")]
    [InlineData("/search")]
    [InlineData("/search?q=")]
    [InlineData("/search?q=x&limit=101")]
    [InlineData("/search?q=x&elementType=thing")]
    [InlineData("/agent/sessions?status=sleeping")]
    [InlineData("/agent/sessions?startDatetime=yesterday")]
    public async Task A_query_outside_the_contract_is_refused(string path)
    {
        using var workspace = new TestWorkspace();

        var answer = await workspace.Alice.Get(path);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("bad_request", answer["type"]);
    }

    [Fact]
    public async Task Texts_may_be_as_long_as_the_contract_says_and_no_longer()
    {
        using var workspace = new TestWorkspace();

        Assert.Equal(HttpStatusCode.OK, (await workspace.Alice.Get("/actions?intent=" + new string('a', 200))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await workspace.Alice.Get("/actions?intent=" + new string('a', 201))).Status);
        Assert.Equal(HttpStatusCode.OK, (await workspace.Alice.Get("/search?q=" + new string('a', 200))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await workspace.Alice.Get("/search?q=" + new string('a', 201))).Status);
    }

    [Fact]
    public async Task A_cursor_of_one_list_is_none_of_another()
    {
        using var workspace = new TestWorkspace();
        var cursor = (await workspace.Alice.Get("/actions?limit=1")).Ok().Cursor!;

        Assert.Equal(HttpStatusCode.BadRequest, (await workspace.Alice.Get("/connectors?cursor=" + cursor)).Status);
    }

    [Theory]
    [InlineData("Connector")]
    [InlineData("connector")]
    [InlineData("CONNECTOR")]
    public async Task Element_types_are_compared_in_any_case(string type)
    {
        using var workspace = new TestWorkspace();

        var found = (await workspace.Alice.Get("/search?q=slack&elementType=" + type)).Ok();

        Assert.Equal("connector", Assert.Single(found.Items).GetProperty("elementType").GetString());
    }

    [Fact]
    public async Task A_search_puts_the_name_itself_first()
    {
        using var workspace = new TestWorkspace();

        var found = (await workspace.Alice.Get("/search?q=GitHub")).Ok();

        Assert.Equal("GitHub", found.Items[0].GetProperty("element").GetProperty("name").GetString());
        Assert.Equal(
            new[] { "app", "connector", "integration" },
            found.Items.Select(item => item.GetProperty("elementType").GetString()).Distinct().Order()
        );
    }
}
