using System.Collections.Generic;
using System.Linq;
using Membrane.Emulator;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Sessions;

namespace Membrane.PowerShell.Contexts;

/// <summary>Completes the apps of the emulator that runs, or of the one that would be started.</summary>
public sealed class EmulatorAppCompleter : WordCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Value, string Hint)> Words =>
        RunspaceState.Current.NewestEmulator is { Host: EmulatorHost host }
            ? host.GetApps().Select(Word)
            : EmulatorHost.BuiltInApps.Select(Word);

    private static (string Value, string Hint) Word(KeyValuePair<string, string> app) => (app.Key, app.Value);
}
