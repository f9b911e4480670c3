using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Flows;

/// <summary>A flow run: the object or its id.</summary>
public sealed class FlowRunReference : ElementReference
{
    private FlowRunReference(string id, object? source)
        : base(id, source)
    {
    }

    internal static FlowRunReference? From(object value) => value switch
    {
        string text => new FlowRunReference(text, null),
        FlowRun { Id: { } id } run => new FlowRunReference(id, run),
        FlowNodeRun { FlowRunId: { } id } run => new FlowRunReference(id, run),
        _ => null,
    };
}
