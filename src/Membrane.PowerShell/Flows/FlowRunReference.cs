using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Flows;

/// <summary>A flow run: the object or its id.</summary>
public sealed class FlowRunReference : ElementReference
{
    internal static readonly ReferenceReader Reader = new(
        "a flow run (the object or its id)",
        static (id, source) => new FlowRunReference(id, source)
    )
    {
        Ids = [new IdRule(nameof(FlowRun), nameof(FlowRun.Id)), new IdRule(nameof(FlowNodeRun), nameof(FlowNodeRun.FlowRunId))],
    };

    private FlowRunReference(string id, GivenObject? source)
        : base(id, source) { }
}
