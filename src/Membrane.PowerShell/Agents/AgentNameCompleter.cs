using System.Collections.Generic;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Agents;

/// <summary>Completes the names of agents.</summary>
public sealed class AgentNameCompleter : WordCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Value, string Hint)> Words =>
        [
            ("membrane", "Builds any element"),
            ("action-building", "Builds actions for connected apps"),
            ("connection-building", "Builds connectors for external apps"),
            ("membrane-core", string.Empty),
            ("self-integrating", string.Empty),
            ("universe", string.Empty),
        ];
}
