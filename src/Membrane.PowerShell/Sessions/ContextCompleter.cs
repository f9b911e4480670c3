using System.Collections.Generic;
using System.Linq;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Sessions;

/// <summary>Completes the names of contexts.</summary>
public sealed class ContextCompleter : WordCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Value, string Hint)> Words =>
        RunspaceState.Current.Contexts.Select(static context => (context.Name, context.ApiUri.ToString()));
}
