using System;
using System.Text.Json.Nodes;

namespace Membrane.Emulator.WorkspaceFiles;

/// <summary>Work that goes on after the request that asked for it was answered.</summary>
internal sealed class AsyncJob(long number)
{
    private readonly object gate = new();

    /// <summary>The order in which jobs were begun.</summary>
    public long Number { get; } = number;

    public string Id { get; } = "job_" + Guid.NewGuid().ToString("N");

    /// <summary>It gives access to the job.</summary>
    public string AccessKey { get; } = "key_" + Guid.NewGuid().ToString("N") + Guid.NewGuid().ToString("N");

    public string Status { get; private set; } = "pending";

    public JsonObject? Result { get; private set; }

    public JsonObject? Error { get; private set; }

    /// <summary>What can be fetched when it is done.</summary>
    public byte[]? File { get; private set; }

    public bool IsOver => Status is "completed" or "failed";

    public void Begin()
    {
        lock (gate)
        {
            Status = "active";
        }
    }

    public void Complete(JsonObject result, byte[]? file)
    {
        lock (gate)
        {
            Result = result;
            File = file;
            Status = "completed";
        }
    }

    public void Fail(JsonObject error)
    {
        lock (gate)
        {
            Error = error;
            Status = "failed";
        }
    }

    public JsonObject Show()
    {
        lock (gate)
        {
            var shown = new JsonObject { ["id"] = Id, ["status"] = Status };
            if (Result is not null)
            {
                shown["result"] = Result.DeepClone();
            }

            if (Error is not null)
            {
                shown["error"] = Error.DeepClone();
            }

            return shown;
        }
    }
}
