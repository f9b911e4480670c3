using System;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Membrane.Client.Tests.Support;
using Xunit;

namespace Membrane.Client.Tests.WorkspaceFiles;

public sealed class WorkspaceFilesClientTests
{
    private static readonly byte[] Files = Zip.Of(("membrane/actions/a/a.yaml", "key: a"));

    private static Answer Trigger => Answer.Json("""{"jobId":"j1","accessKey":"k&1"}""");

    private static Answer Job(string status, string rest = "") => Answer.Json($$"""{"id":"j1","status":"{{status}}"{{rest}}}""");

    private static WorkspaceArchive Archive => WorkspaceArchive.FromZip(Files);

    [Fact]
    public async Task An_export_is_begun_waited_for_and_fetched()
    {
        using var server = new ScriptedServer(
            Trigger,
            Job("pending"),
            Job("active"),
            Job("completed", ",\"result\":{\"downloadUri\":\"/files/j1?signature=s3cret\"}"),
            Answer.Bytes(Files, "application/zip")
        );
        using var client = Make.Client(server);
        var observer = new RecordingObserver();

        var archive = await client.WithObserver(observer).WorkspaceFiles.ExportAsync().Within();

        Assert.Equal(["membrane/actions/a/a.yaml"], archive.Files.Keys);
        Assert.Equal(
            [
                "/export",
                "/async-requests/j1?accessKey=k%261",
                "/async-requests/j1?accessKey=k%261",
                "/async-requests/j1?accessKey=k%261",
                "/files/j1?signature=s3cret",
            ],
            server.Requests.Select(static request => request.Target)
        );
        Assert.All(server.Requests, static request => Assert.Equal("Bearer " + Make.AccountToken, request.Header("Authorization")));
        Assert.DoesNotContain(
            observer.Lines,
            static line => line.Contains("k%261", StringComparison.Ordinal) || line.Contains("s3cret", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_failed_download_names_the_host_that_failed(bool answers)
    {
        var storage = new ScriptedServer { Otherwise = static _ => Answer.Text("gone", "text/plain", 410) };
        var address = storage.Uri;
        using var server = new ScriptedServer(
            Trigger,
            Job("completed", $",\"result\":{{\"downloadUri\":\"{address}files?signature=s3cret\"}}")
        );
        using var client = Make.Client(server);
        if (!answers)
        {
            storage.Dispose();
        }

        var problem = await Assert.ThrowsAnyAsync<MembraneException>(() => client.WorkspaceFiles.ExportAsync().Within());

        Assert.Contains(address.Authority, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", problem.Message, StringComparison.Ordinal);
        storage.Dispose();
    }

    [Fact]
    public async Task Another_host_that_has_the_files_does_not_get_the_token()
    {
        using var storage = new ScriptedServer(Answer.Bytes(Files, "application/zip"));
        using var server = new ScriptedServer(Trigger, Job("completed", $",\"result\":{{\"downloadUri\":\"{storage.Uri}files\"}}"));
        using var client = Make.Client(server);

        await client.WorkspaceFiles.ExportAsync().Within();

        Assert.Null(storage.OnlyRequest.Header("Authorization"));
    }

    [Theory]
    [InlineData("http://example.com/files.zip")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://user:password@example.com/files.zip")]
    [InlineData("ftp://example.com/files.zip")]
    public async Task Files_are_not_fetched_from_where_nothing_is_trusted(string address)
    {
        using var server = new ScriptedServer(Trigger, Job("completed", $",\"result\":{{\"downloadUri\":\"{address}\"}}"));
        using var client = Make.Client(server);

        var problem = await Assert.ThrowsAsync<MembraneException>(() => client.WorkspaceFiles.ExportAsync().Within());

        Assert.Equal(ErrorIds.MalformedResponse, problem.ErrorId);
        Assert.DoesNotContain("password", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_import_sends_a_form_with_the_archive_and_shows_what_was_changed()
    {
        const string Result =
            """,{"changes":[{"change":"updated","elementType":"action","key":"a","path":"membrane/actions/a/a.yaml","fields":[{"field":"name","before":"A","after":"B","more":1}],"extra":true}]}""";
        using var server = new ScriptedServer(Trigger, Job("completed", ",\"result\":" + Result[1..]));
        using var client = Make.Client(server);

        var done = await client.WorkspaceFiles.ImportAsync(Archive, new WorkspaceImport { Partial = true, Force = true }).Within();

        var sent = server.Requests[0];
        Assert.Equal("POST /import?dryRun=false&partial=true&diff=true&force=true", sent.Method + " " + sent.Target);
        Assert.StartsWith("multipart/form-data; boundary=", sent.Header("Content-Type"), StringComparison.Ordinal);
        var form = Encoding.Latin1.GetString(sent.Body);
        Assert.Contains("form-data; name=\"dryRun\"\r\n\r\nfalse\r\n", form, StringComparison.Ordinal);
        Assert.Contains("form-data; name=\"file\"; filename=\"workspace.zip\"\r\n", form, StringComparison.Ordinal);
        Assert.Contains(Encoding.Latin1.GetString(Archive.ToZip()), form, StringComparison.Ordinal);
        var change = Assert.Single(done.Result!.Changes!);
        Assert.Equal(("updated", "action", "a", false), (change.Change, change.ElementType, change.Key, change.DryRun));
        Assert.Equal(true, change.GetUnknownFields()["extra"]);
        Assert.Equal(("name", "A", "B"), (change.Fields![0].Field, change.Fields[0].Before, change.Fields[0].After));
    }

    [Fact]
    public async Task A_dry_run_may_be_repeated_and_an_import_may_not()
    {
        using var server = new ScriptedServer(Answer.Drop, Trigger, Job("completed", ",\"result\":{\"changes\":[]}"), Answer.Drop);
        using var client = Make.Client(server);

        await client.WorkspaceFiles.ImportAsync(Archive, new WorkspaceImport { DryRun = true }).Within();
        var problem = await Assert.ThrowsAnyAsync<MembraneException>(() =>
            client.WorkspaceFiles.ImportAsync(Archive, new WorkspaceImport()).Within()
        );

        Assert.Equal(RequestOutcome.Unknown, problem.Outcome);
        Assert.Equal(4, server.Requests.Count);
    }

    [Theory]
    [InlineData("failed", ",\"error\":{\"type\":\"bad_request\",\"key\":\"k\",\"message\":\"No.\",\"data\":{\"path\":\"p\"}}", "No.")]
    [InlineData("failed", ",\"error\":\"Just no.\"", "Just no.")]
    [InlineData("cancelled", "", "'cancelled'")]
    public async Task An_import_that_fails_at_the_service_is_its_error(string status, string rest, string expected)
    {
        using var server = new ScriptedServer(Trigger, Job(status, rest));
        using var client = Make.Client(server);

        var problem = await Assert.ThrowsAsync<MembraneApiException>(() =>
            client.WorkspaceFiles.ImportAsync(Archive, new WorkspaceImport()).Within()
        );

        Assert.Equal(ErrorIds.WorkspaceTransferFailed, problem.ErrorId);
        Assert.Equal(RequestOutcome.Failed, problem.Outcome);
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_comes_of_an_import_that_takes_too_long_is_not_known()
    {
        using var server = new ScriptedServer(Trigger) { Otherwise = static _ => Job("active") };
        using var client = Make.Client(server);

        var problem = await Assert.ThrowsAsync<MembraneTimeoutException>(() =>
            client
                .WorkspaceFiles.ImportAsync(
                    Archive,
                    new WorkspaceImport(),
                    new WaitOptions<AsyncRequest> { Timeout = TimeSpan.FromSeconds(1) }
                )
                .Within()
        );

        Assert.Equal(RequestOutcome.Unknown, problem.Outcome);
        Assert.Equal("active", ((AsyncRequest)problem.LastSeen!).Status);
    }

    [Fact]
    public async Task Nothing_is_not_imported()
    {
        using var server = new ScriptedServer();
        using var client = Make.Client(server);

        await Assert.ThrowsAsync<MembraneInputException>(() =>
            client.WorkspaceFiles.ImportAsync(WorkspaceArchive.FromZip(Zip.Of(("readme.md", "x"))), new WorkspaceImport())
        );

        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task More_than_the_service_takes_is_not_sent()
    {
        using var server = new ScriptedServer();
        using var client = Make.Client(server);
        var noise = new byte[11 * 1024 * 1024];
        new Random(1).NextBytes(noise);
        var archive = WorkspaceArchive.FromZip(Zip.Of(("membrane/connectors/a/1/src/a.txt", Convert.ToBase64String(noise))));

        Assert.Contains(
            "10 MB",
            (
                await Assert.ThrowsAsync<MembraneInputException>(() => client.WorkspaceFiles.ImportAsync(archive, new WorkspaceImport()))
            ).Message,
            StringComparison.Ordinal
        );
        Assert.Empty(server.Requests);
    }
}
