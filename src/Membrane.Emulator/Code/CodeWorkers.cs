using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Emulator.Http;

namespace Membrane.Emulator.Code;

/// <summary>
/// Runs code in processes of its own, because no engine in this one could be ended for sure: code may exhaust the stack or the memory.
/// A process that was good is used again.
/// </summary>
internal sealed class CodeWorkers : ICodeRunner, IDisposable
{
    private readonly string worker;
    private readonly CodeLimits limits;
    private readonly SemaphoreSlim turns;
    private readonly object gate = new();
    private readonly Stack<CodeWorker> idle = new();
    private readonly HashSet<CodeWorker> all = [];
    private bool ended;

    private CodeWorkers(string worker, CodeLimits limits)
    {
        this.worker = worker;
        this.limits = limits;
        turns = new SemaphoreSlim(limits.AtOnce, limits.AtOnce);
    }

    public bool IsAvailable => true;

    /// <summary>Returns what runs code here: workers where their program is beside this assembly.</summary>
    public static ICodeRunner Find(CodeLimits limits)
    {
        var here = Path.GetDirectoryName(typeof(CodeWorkers).Assembly.Location);
        var file = Path.Combine(string.IsNullOrEmpty(here) ? AppContext.BaseDirectory : here, "code", "Membrane.Emulator.CodeWorker.dll");
        return File.Exists(file) ? new CodeWorkers(file, limits) : new NoCodeRunner();
    }

    public async Task<CodeOutcome> Run(CodeRun run, CancellationToken cancellation)
    {
        if (run.Depth > 0)
        {
            return await RunNow(run, cancellation);
        }

        if (!await turns.WaitAsync(limits.Wait, cancellation))
        {
            throw new ApiException(
                400,
                "concurrency",
                "lock_timeout",
                $"The code did not run: {limits.AtOnce} other runs of code took longer than {limits.Wait.TotalSeconds} seconds.",
                new JsonObject { ["timeoutMs"] = limits.Wait.TotalMilliseconds }
            );
        }

        try
        {
            return await RunNow(run, cancellation);
        }
        finally
        {
            turns.Release();
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            ended = true;
            foreach (var one in all)
            {
                one.Dispose();
            }
        }
    }

    private async Task<CodeOutcome> RunNow(CodeRun run, CancellationToken cancellation)
    {
        var one = Take();
        try
        {
            return await one.Run(run, cancellation);
        }
        finally
        {
            Return(one);
        }
    }

    private CodeWorker Take()
    {
        lock (gate)
        {
            if (ended)
            {
                throw new OperationCanceledException();
            }

            if (idle.Count > 0)
            {
                return idle.Pop();
            }

            var started = new CodeWorker(worker, limits);
            all.Add(started);
            return started;
        }
    }

    private void Return(CodeWorker one)
    {
        lock (gate)
        {
            if (one.IsUsable && !ended && idle.Count < limits.AtOnce)
            {
                idle.Push(one);
                return;
            }

            all.Remove(one);
        }

        one.Dispose();
    }
}
