using System.Text.Json.Nodes;
using Membrane.Client.Tools;

namespace Membrane.PowerShell.Tools;

/// <summary>The answer to one call.</summary>
public sealed class ToolReply
{
    internal ToolReply(ToolFormat format, long input, JsonObject answer)
    {
        Format = format;
        Input = input;
        Answer = answer;
    }

    internal ToolFormat Format { get; }

    internal long Input { get; }

    internal JsonObject Answer { get; }
}
