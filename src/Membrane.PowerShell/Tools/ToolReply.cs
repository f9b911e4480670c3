using System.Text.Json.Nodes;
using Membrane.Client.Tools.Schemas;

namespace Membrane.PowerShell.Tools;

/// <summary>The answer to one call.</summary>
internal sealed class ToolReply(ToolDialect format, long input, JsonObject answer)
{
    /// <summary>The form of the call.</summary>
    public ToolDialect Format { get; } = format;

    /// <summary>Which object of the pipeline held the call, from 0.</summary>
    public long Input { get; } = input;

    /// <summary>The answer, in that form.</summary>
    public JsonObject Answer { get; } = answer;
}
