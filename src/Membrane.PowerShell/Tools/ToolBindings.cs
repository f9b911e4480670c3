using System.Management.Automation;
using System.Runtime.CompilerServices;

namespace Membrane.PowerShell.Tools;

/// <summary>
/// What the described tools stand for. A description has exactly the members that a vendor's API takes, so its action and its
/// connection are remembered beside it, for as long as the object lives.
/// </summary>
internal static class ToolBindings
{
    private static readonly ConditionalWeakTable<PSObject, ToolBinding> Known = new();

    public static void Add(PSObject description, ToolBinding binding) => Known.Add(description, binding);

    public static ToolBinding? Find(PSObject description) => Known.TryGetValue(description, out var binding) ? binding : null;
}
