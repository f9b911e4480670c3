using System;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Actions;
using Membrane.Client.Bulk;
using Membrane.Client.Tests.Support;
using Membrane.Client.Transport;
using Xunit;

namespace Membrane.Client.Tests.Transport;

/// <summary>Requests that share the gate of a batch.</summary>
public sealed class BatchGateTests
{
    [Fact]
    public async Task What_waited_at_the_gate_was_not_sent_when_the_batch_is_stopped()
    {
        using var server = new ScriptedServer { Otherwise = static _ => Answer.Stall };
        using MembraneClient client = Make.Client(server);
        MembraneClient batch = client.Through(new RateGate(1));
        using var stop = new CancellationTokenSource();
        Task<ActionRun> sent = batch.Actions.RunAsync(new ActionSelector("send"), null, stop.Token);
        await Guard.UntilAsync(() => server.Waiting == 1);
        Task<ActionRun> waiting = batch.Actions.RunAsync(new ActionSelector("send"), null, stop.Token);

        await stop.CancelAsync();

        Assert.IsNotType<CanceledUnsentException>(await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sent.Within()));
        await Assert.ThrowsAsync<CanceledUnsentException>(() => waiting.Within());
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task What_waited_at_the_gate_was_not_sent_when_the_client_is_closed()
    {
        using var server = new ScriptedServer { Otherwise = static _ => Answer.Stall };
        using MembraneClient client = Make.Client(server);
        MembraneClient batch = client.Through(new RateGate(1));
        Task<ActionRun> sent = batch.Actions.RunAsync(new ActionSelector("send"), null);
        await Guard.UntilAsync(() => server.Waiting == 1);
        Task<ActionRun> waiting = batch.Actions.RunAsync(new ActionSelector("send"), null);

        client.Dispose();

        Assert.Equal(RequestOutcome.Unknown, (await Assert.ThrowsAsync<MembraneNetworkException>(() => sent.Within())).Outcome);
        Assert.Equal(RequestOutcome.NotSent, (await Assert.ThrowsAsync<MembraneNetworkException>(() => waiting.Within())).Outcome);
    }
}
