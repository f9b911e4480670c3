using System.Management.Automation;
using Membrane.Emulator;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Sessions;

namespace Membrane.PowerShell.Emulators;

/// <summary>The base of the commands that look behind the scenes of an emulator.</summary>
public abstract class MembraneEmulatorCommand : MembraneCommand
{
    /// <summary>The emulator. Without it, the one of this session that was started last.</summary>
    [Parameter(ValueFromPipeline = true)]
    [EmulatorTransformation]
    [ArgumentCompleter(typeof(NoCompleter))]
    public MembraneEmulator? Emulator { get; set; }

    /// <summary>The emulator that is meant.</summary>
    private protected MembraneEmulator Meant =>
        Emulator
        ?? RunspaceState.Current.NewestEmulator
        ?? throw new MembraneException(
            ErrorIds.NotFound,
            "No emulator runs in this session.",
            "Start one with Start-MembraneEmulator or Connect-Membrane -Emulator, or pass one with -Emulator."
        );

    /// <summary>What runs behind it.</summary>
    private protected static EmulatorHost HostOf(MembraneEmulator emulator) => (EmulatorHost)emulator.Host;
}
