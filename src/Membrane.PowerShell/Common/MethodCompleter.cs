using System.Collections.Generic;

namespace Membrane.PowerShell.Common;

/// <summary>Completes the methods of HTTP.</summary>
public sealed class MethodCompleter : WordCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Value, string Hint)> Words =>
        [("GET", "Reads"), ("POST", "Creates, or runs something"), ("PUT", "Replaces"), ("PATCH", "Changes"), ("DELETE", "Removes")];
}
