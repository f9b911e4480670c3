using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Threading.Tasks;
using Membrane.Emulator.Tests.Support;

namespace Membrane.Emulator.Tests.WorkspaceFiles;

/// <summary>The files of a workspace, exported and imported over HTTP as any program would.</summary>
internal sealed class Files(TestWorkspace workspace)
{
    /// <summary>The texts, by name. Change them, then import.</summary>
    public SortedDictionary<string, string> Texts { get; } = new(StringComparer.Ordinal);

    public static async Task<Files> Export(TestWorkspace workspace, string query = "")
    {
        var files = new Files(workspace);
        var trigger = (await workspace.Manager.Get("/export" + query)).Ok();
        var done = await files.Wait(trigger);
        using var client = new HttpClient();
        using var zip = new ZipArchive(
            await client.GetStreamAsync(new Uri(done.Json.GetProperty("result").GetProperty("downloadUri").GetString()!))
        );
        foreach (var entry in zip.Entries)
        {
            using var reader = new StreamReader(entry.Open());
            files.Texts.Add(entry.FullName, reader.ReadToEnd());
        }

        return files;
    }

    public void Replace(string name, string old, string @new) =>
        Texts[name] = Texts[name].Contains(old, StringComparison.Ordinal)
            ? Texts[name].Replace(old, @new, StringComparison.Ordinal)
            : throw new InvalidOperationException($"{name} has no '{old}': {Texts[name]}");

    /// <summary>Imports, and gives the job when it is over.</summary>
    public Task<Answer> Import(string query = "?diff=true") => Import(workspace, query, Zip());

    public static async Task<Answer> Import(TestWorkspace workspace, string query, byte[] zip)
    {
        var trigger = (await Post(workspace.Manager, query, zip)).Ok();
        return await new Files(workspace).Wait(trigger);
    }

    public static Task<Answer> Post(Caller caller, string query, byte[] zip)
    {
        var file = new ByteArrayContent(zip);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/zip");
        return caller.Send(
            new HttpRequestMessage(HttpMethod.Post, "/import" + query)
            {
                Content = new MultipartFormDataContent { { file, "file", "w.zip" } },
            }
        );
    }

    /// <summary>What an import changed, one line each.</summary>
    public static string[] Changes(Answer job)
    {
        if (job["status"] != "completed")
        {
            throw new InvalidOperationException(job.Text);
        }

        return job
            .Json.GetProperty("result")
            .GetProperty("changes")
            .EnumerateArray()
            .Select(change =>
                $"{change.GetProperty("change")} {change.GetProperty("path")}"
                + (
                    change.TryGetProperty("fields", out var fields)
                        ? ": " + string.Join(",", fields.EnumerateArray().Select(field => field.GetProperty("field").GetString()))
                        : ""
                )
            )
            .ToArray();
    }

    public static string Problem(Answer job) =>
        job["status"] == "failed"
            ? job.Json.GetProperty("error").GetProperty("message").GetString()!
            : throw new InvalidOperationException(job.Text);

    public byte[] Zip()
    {
        using var stream = new MemoryStream();
        using (var writer = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var text in Texts)
            {
                using var entry = writer.CreateEntry(text.Key).Open();
                entry.Write(Encoding.UTF8.GetBytes(text.Value));
            }
        }

        return stream.ToArray();
    }

    private async Task<Answer> Wait(Answer trigger)
    {
        // No token: the access key takes its place.
        while (true)
        {
            var job = (await workspace.Nobody.Get($"/async-requests/{trigger["jobId"]}?accessKey={trigger["accessKey"]}")).Ok();
            if (job["status"] is "completed" or "failed")
            {
                return job;
            }

            await Task.Delay(10);
        }
    }
}
