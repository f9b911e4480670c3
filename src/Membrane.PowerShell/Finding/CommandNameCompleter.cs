using System.Collections.Generic;
using System.Linq;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Finding;

/// <summary>Completes the names of the commands of this module.</summary>
public sealed class CommandNameCompleter : WordCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Value, string Hint)> Words =>
        CommandHelp.All.Select(static command => (command.Name, command.Synopsis));
}
