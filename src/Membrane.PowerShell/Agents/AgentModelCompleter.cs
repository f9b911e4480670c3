using System.Collections.Generic;
using System.Linq;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Agents;

/// <summary>Completes the models that agents can use.</summary>
public sealed class AgentModelCompleter : WordCompleter
{
    private static readonly string[] Models =
    [
        "anthropic/claude-sonnet-4.6",
        "anthropic/claude-opus-4.6",
        "anthropic/claude-sonnet-4.5",
        "anthropic/claude-opus-4.5",
        "anthropic/claude-haiku-4.5",
        "openai/gpt-5.2",
        "openai/gpt-5-nano",
        "google/gemini-3-pro-preview",
        "moonshotai/kimi-k2.5",
    ];

    /// <inheritdoc/>
    protected override IEnumerable<(string Value, string Hint)> Words => Models.Select(static model => (model, string.Empty));
}
