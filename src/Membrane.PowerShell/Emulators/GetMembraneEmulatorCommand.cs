using System.Management.Automation;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Sessions;

namespace Membrane.PowerShell.Emulators;

/// <summary>Gets the emulators that this session started.</summary>
[Cmdlet(VerbsCommon.Get, "MembraneEmulator", HelpUri = OnlineHelp.Pages + "Get-MembraneEmulator.md")]
[OutputType(typeof(MembraneEmulator))]
public sealed class GetMembraneEmulatorCommand : MembraneCommand
{
    /// <inheritdoc/>
    protected override void Process() => WriteObject(RunspaceState.Current.Emulators, enumerateCollection: true);
}
