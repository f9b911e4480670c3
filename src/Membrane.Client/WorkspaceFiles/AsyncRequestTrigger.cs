using Membrane.Client.Json;

namespace Membrane.Client.WorkspaceFiles;

/// <summary>What the service answers when it takes on work: where to ask for it, and the key that opens it.</summary>
internal sealed class AsyncRequestTrigger : MembraneModel
{
    public string? JobId { get; private set; }

    public string? AccessKey { get; private set; }

    public static ModelReader<AsyncRequestTrigger> Reader { get; } =
        new ModelReader<AsyncRequestTrigger>(static () => new AsyncRequestTrigger())
            .Text("jobId", static (trigger, value) => trigger.JobId = value)
            .Text("accessKey", static (trigger, value) => trigger.AccessKey = value);
}
