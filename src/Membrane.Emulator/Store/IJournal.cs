using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace Membrane.Emulator.Store;

/// <summary>Where the changes of the store are kept beyond the process.</summary>
internal interface IJournal : IDisposable
{
    /// <summary>Takes over a change; called under the store's lock, in the order of the changes.</summary>
    void Append(IReadOnlyList<JournalEntry> entries);

    /// <summary>Completes when everything appended so far is safe.</summary>
    Task WhenDurable();

    /// <summary>Forgets everything.</summary>
    void Clear();
}
