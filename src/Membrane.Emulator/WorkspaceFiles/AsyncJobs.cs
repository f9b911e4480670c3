using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using Membrane.Emulator.Contract;
using Membrane.Emulator.Http;

namespace Membrane.Emulator.WorkspaceFiles;

/// <summary>The jobs of the workspace and what is served of them. They are not kept beyond the process.</summary>
/// <param name="report">Told of unexpected errors.</param>
/// <param name="address">The whole address of a path.</param>
internal sealed class AsyncJobs(Action<string> report, Func<string, string> address)
{
    private const string Prefix = "/async-requests/";
    private const string FileSuffix = "/file";
    private const int Limit = 50;

    private readonly Dictionary<string, AsyncJob> jobs = new(StringComparer.Ordinal);
    private long count;

    /// <summary>Begins work whose result is JSON.</summary>
    public Reply Start(Func<JsonObject> work) => Start(job => job.Complete(work(), null));

    /// <summary>Begins work whose result is a file.</summary>
    public Reply StartFile(Func<byte[]> work) =>
        Start(job =>
        {
            var file = work();
            job.Complete(new JsonObject { ["downloadUri"] = address($"{Prefix}{job.Id}{FileSuffix}?accessKey={job.AccessKey}") }, file);
        });

    /// <summary>Forgets all jobs.</summary>
    public void Clear()
    {
        lock (jobs)
        {
            jobs.Clear();
        }
    }

    /// <summary>Answers the request; null when the path is not one of a job. The access key takes the place of a token.</summary>
    public Reply? Handle(IncomingRequest request)
    {
        if (request.Method != "GET" || !request.RawPath.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var id = request.RawPath.Substring(Prefix.Length);
        var wantsFile = id.EndsWith(FileSuffix, StringComparison.Ordinal);
        var job = Find(
            wantsFile ? id.Substring(0, id.Length - FileSuffix.Length) : id,
            QueryValues.Parse(request.RawQuery).Text("accessKey")
        );
        return !wantsFile ? Reply.Json(job.Show())
            : job.File is { } file ? Reply.Bytes(file, "application/zip")
            : throw ApiException.NotFound("The job has no file, or not yet.");
    }

    private Reply Start(Action<AsyncJob> work)
    {
        AsyncJob job;
        lock (jobs)
        {
            job = new AsyncJob(++count);
            jobs.Add(job.Id, job);
            foreach (
                var old in jobs.Values.Where(one => one.IsOver).OrderBy(one => one.Number).Take(Math.Max(0, jobs.Count - Limit)).ToArray()
            )
            {
                jobs.Remove(old.Id);
            }
        }

        _ = Task.Run(() => Run(job, work));
        return Reply.Json(new JsonObject { ["jobId"] = job.Id, ["accessKey"] = job.AccessKey });
    }

    private void Run(AsyncJob job, Action<AsyncJob> work)
    {
        job.Begin();
        try
        {
            work(job);
        }
        catch (ApiException error)
        {
            job.Fail(error.ToJson());
        }
        catch (Exception error)
        {
            report($"Membrane emulator: {job.Id} failed unexpectedly: {error}");
            job.Fail(new ApiException(500, "internal", "internal", "Something unexpected happened in the emulator.").ToJson());
        }
    }

    private AsyncJob Find(string id, string? accessKey)
    {
        lock (jobs)
        {
            // Without the key, a caller does not learn whether there is such a job.
            return jobs.TryGetValue(id, out var job) && job.AccessKey == accessKey
                ? job
                : throw ApiException.NotFound("There is no such job, or the access key is not its own.");
        }
    }
}
