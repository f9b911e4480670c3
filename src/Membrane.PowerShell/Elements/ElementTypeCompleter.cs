using System.Collections.Generic;
using System.Linq;
using Membrane.Client;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Elements;

/// <summary>Completes the types of elements.</summary>
public sealed class ElementTypeCompleter : WordCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Value, string Hint)> Words =>
        ElementTypes.Known.Select(static type => (type.Name, "/" + type.Path));
}
