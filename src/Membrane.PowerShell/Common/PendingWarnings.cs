using System.Collections.Concurrent;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace Membrane.PowerShell.Common;

/// <summary>
/// What a person should know of what goes on between the commands of a runspace, such as an emulator's trouble with its
/// state. The next command writes it: a host of PowerShell need not have a standard error.
/// </summary>
internal sealed class PendingWarnings
{
    private static readonly ConditionalWeakTable<Runspace, PendingWarnings> All = new();

    private readonly ConcurrentQueue<string> texts = new();

    /// <summary>Those of the runspace of this thread.</summary>
    public static PendingWarnings Current => All.GetValue(Runspace.DefaultRunspace, static _ => new PendingWarnings());

    /// <summary>Adds a warning, from any thread.</summary>
    public void Add(string text) => texts.Enqueue(text);

    /// <summary>Takes the oldest; null where there is none.</summary>
    public string? Take() => texts.TryDequeue(out var text) ? text : null;
}
