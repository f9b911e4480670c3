using System.Linq;
using System.Management.Automation;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Sessions;

namespace Membrane.PowerShell.Emulators;

/// <summary>Stops emulators, saving their state where they have a file for it. Contexts that use them end.</summary>
[Cmdlet(VerbsLifecycle.Stop, "MembraneEmulator", SupportsShouldProcess = true, HelpUri = OnlineHelp.Pages + "Stop-MembraneEmulator.md")]
[OutputType(typeof(void))]
public sealed class StopMembraneEmulatorCommand : MembraneCommand
{
    /// <summary>The emulator. Without it, all of this session.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [EmulatorTransformation]
    [ArgumentCompleter(typeof(NoCompleter))]
    public MembraneEmulator? Emulator { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var state = RunspaceState.Current;
        foreach (var emulator in Emulator is null ? state.Emulators.ToArray() : [Emulator])
        {
            if (ShouldProcess(emulator.ApiUri.ToString(), "Stop the emulator"))
            {
                state.Remove(emulator);
            }
        }
    }
}
