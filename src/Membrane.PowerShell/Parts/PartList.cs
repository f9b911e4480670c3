using System.Collections;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;

namespace Membrane.PowerShell.Parts;

/// <summary>A list of models that PowerShell sees with all their fields, and C# with their type.</summary>
/// <typeparam name="T">The type of the models.</typeparam>
internal sealed class PartList<T>(IList<T> items) : ReadOnlyCollection<T>(items), IEnumerable
    where T : MembraneModel
{
    IEnumerator IEnumerable.GetEnumerator() => Items.Select(static item => PSObject.AsPSObject(item)).GetEnumerator();
}
