using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;

namespace Membrane.Emulator.Tests.Support;

/// <summary>A running emulator and the usual steps in it.</summary>
internal sealed class TestWorkspace : IDisposable
{
    private readonly List<Caller> callers = new();
    private readonly ConcurrentQueue<string> reports = new();

    public TestWorkspace(Action<EmulatorOptions>? configure = null)
    {
        var options = new EmulatorOptions { AgentWorkMilliseconds = 40, Report = report => reports.Enqueue(report) };
        configure?.Invoke(options);
        Host = EmulatorHost.Start(options);
        Alice = As(Token.Tenant("alice", workspace: options.WorkspaceKey, secret: options.WorkspaceSecret));
    }

    public EmulatorHost Host { get; }

    /// <summary>What the emulator reported.</summary>
    public IEnumerable<string> Reports => reports;

    /// <summary>A tenant.</summary>
    public Caller Alice { get; }

    public Caller Bob => As(Token.Tenant("bob"));

    public Caller Manager => As(Token.Manager());

    public Caller Nobody => As(null);

    public Caller As(string? token)
    {
        var caller = new Caller(Host.BaseUri, token);
        callers.Add(caller);
        return caller;
    }

    /// <summary>Connects an app and gives the id of the connection.</summary>
    public Task<string> Connect(string app) => Connect(Alice, app);

    public static async Task<string> Connect(Caller caller, string app)
    {
        var request = (await caller.Post("/connection-requests", new { integrationKey = app, allowMultipleConnections = true })).Ok();
        (await caller.Submit(request["url"], ("decision", "allow"), ("apiKey", "k"))).Ok();
        return (await caller.Get("/connection-requests/" + request["requestId"])).Ok()["resultConnectionId"];
    }

    /// <summary>Runs an action and gives its output.</summary>
    public async Task<JsonElement> Run(string action, string connection, object? input = null) =>
        (await Alice.Post($"/actions/{action}/run?connectionId={connection}", new { input = input ?? new { } }))
            .Ok()
            .Json.GetProperty("output");

    /// <summary>Asks an agent and waits until it rests.</summary>
    public async Task<Answer> Ask(string prompt, string agentName = "membrane")
    {
        var session = (await Alice.Post("/agent/sessions", new { prompt, agentName })).Ok();
        return (await Alice.Get($"/agent/sessions/{session["id"]}?wait=true&timeout=30")).Ok();
    }

    public static IEnumerable<string> Names(Answer answer) => answer.Items.Select(item => item.GetProperty("name").GetString()!);

    public void Dispose()
    {
        foreach (var caller in callers)
        {
            caller.Dispose();
        }

        Host.Dispose();
    }
}
