using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;
using Membrane.Client.Tests.Support;
using Membrane.Emulator;
using Xunit;

namespace Membrane.Client.Tests.Transport;

/// <summary>What an observer of requests does never becomes what a request did.</summary>
public sealed class ObserverTests
{
    [Fact]
    public async Task A_change_that_was_made_does_not_fail_because_of_its_observer()
    {
        using var emulator = EmulatorHost.Start(new EmulatorOptions());
        using var client = new MembraneClient(
            new MembraneClientOptions
            {
                ApiUri = emulator.BaseUri,
                TokenSource = new WorkspaceTokenSource(
                    new WorkspaceTokenOptions
                    {
                        WorkspaceKey = emulator.WorkspaceKey,
                        WorkspaceSecret = emulator.WorkspaceSecret,
                        IsManager = true,
                    }
                ),
            }
        );
        using var trace = new RecordedTrace();

        var made = await client.WithObserver(new FailingObserver()).Tenants.CreateAsync(new TenantChange { Name = "Ada" }).Within();

        Assert.Equal([made.Id], (await client.Tenants.List().ToListAsync().Within()).Select(static tenant => tenant.Id));
        Assert.Contains(trace.Lines, static line => line.Contains("the log is full", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_try_that_is_made_again_does_not_fail_because_of_its_observer()
    {
        using var server = new ScriptedServer(Answer.Status(502), Answer.Json("""{"id":"c1"}"""));
        using var client = Make.Client(server);
        using var trace = new RecordedTrace();

        await client.WithObserver(new FailingObserver()).Connections.GetAsync("c1").Within();

        Assert.Equal(2, server.Requests.Count);
        Assert.Contains(trace.Lines, static line => line.Contains("no retry is welcome", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wait_does_not_fail_because_of_who_is_told_of_its_progress()
    {
        using var server = new ScriptedServer { Otherwise = static _ => Answer.Json("""{"id":"s1","status":"idle","state":"idle"}""") };
        using var client = Make.Client(server);
        using var trace = new RecordedTrace();

        await client.AgentSessions.WaitAsync("s1", new WaitOptions<AgentSession> { Progress = new FailingProgress() }).Within();

        Assert.Contains(trace.Lines, static line => line.Contains("the bar is gone", StringComparison.Ordinal));
    }

    private sealed class FailingObserver : IRequestObserver
    {
        public void Answered(string operation, int statusCode, TimeSpan duration) => throw new ObjectDisposedException("the log is full");

        public void Retrying(string operation, string reason, TimeSpan delay) => throw new InvalidOperationException("no retry is welcome");
    }

    private sealed class FailingProgress : IProgress<AgentSession>
    {
        public void Report(AgentSession value) => throw new InvalidOperationException("the bar is gone");
    }

    private sealed class RecordedTrace : TraceListener
    {
        private readonly object sync = new();
        private readonly List<string> lines = [];

        public RecordedTrace() => Trace.Listeners.Add(this);

        public IReadOnlyList<string> Lines
        {
            get
            {
                lock (sync)
                {
                    return lines.ToArray();
                }
            }
        }

        public override void Write(string? message) => WriteLine(message);

        public override void WriteLine(string? message)
        {
            lock (sync)
            {
                lines.Add(message ?? string.Empty);
            }
        }

        protected override void Dispose(bool disposing)
        {
            Trace.Listeners.Remove(this);
            base.Dispose(disposing);
        }
    }
}
