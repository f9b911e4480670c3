using Membrane.Client.Tools;

namespace Membrane.PowerShell.Tools;

/// <summary>What a described tool stands for.</summary>
internal sealed class ToolBinding(Tool tool, bool isStrict)
{
    public Tool Tool { get; } = tool;

    /// <summary>Whether it was described for the strict mode.</summary>
    public bool IsStrict { get; } = isStrict;
}
