using System;
using System.Diagnostics;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Transport;

namespace Membrane.Client.Actions;

/// <summary>A run of an action that is ready to be sent, once.</summary>
internal sealed class PreparedRun(ApiTransport transport, string actionId, string? connectionId, ApiRequest request)
{
    /// <summary>The body of the request.</summary>
    public ReadOnlyMemory<byte> Body => request.Body;

    /// <summary>Marks the run as repeatable: running the action twice does no harm, so a run whose answer is lost is sent again.</summary>
    public void MayRepeat() => request.Repeatable();

    /// <summary>Sets the work to be done before the request is sent for the first time.</summary>
    public void BeforeSending(Func<Task> work) => request.BeforeSending = work;

    /// <summary>Sends the run.</summary>
    public async Task<ActionRun> SendAsync(CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var run = await transport.SendAsync(request, ActionReader.Run, cancellationToken).ConfigureAwait(false);
        run.Duration = watch.Elapsed;
        run.ActionId = actionId;
        run.ConnectionId = connectionId;
        return run;
    }

    /// <summary>Sends the run, and reads its output as a type of the caller's.</summary>
    public async Task<TypedActionRun<TOutput>> SendAsync<TOutput>(Func<JsonElement, TOutput?> read, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var run = await transport.SendAsync<RawActionRun>(request, RawActionRun.Read, cancellationToken).ConfigureAwait(false);
        return run.As(read, actionId, connectionId, watch.Elapsed);
    }
}
