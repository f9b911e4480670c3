using System.Collections.Generic;
using System.Threading.Tasks;

namespace Membrane.Emulator.Store;

/// <summary>State that ends with the process.</summary>
internal sealed class NoJournal : IJournal
{
    public void Append(IReadOnlyList<JournalEntry> entries) { }

    public Task WhenDurable() => Task.CompletedTask;

    public void Clear() { }

    public void Dispose() { }
}
