using System.Management.Automation;

namespace Membrane.PowerShell.Emulators;

/// <summary>Ends all disturbances of an emulator.</summary>
[Cmdlet(
    VerbsCommon.Clear,
    "MembraneEmulatorFault",
    SupportsShouldProcess = true,
    HelpUri = OnlineHelp.Pages + "Clear-MembraneEmulatorFault.md"
)]
[OutputType(typeof(void))]
public sealed class ClearMembraneEmulatorFaultCommand : MembraneEmulatorCommand
{
    /// <inheritdoc/>
    protected override void Process()
    {
        var emulator = Meant;
        if (ShouldProcess(emulator.ApiUri.ToString(), "Clear faults"))
        {
            HostOf(emulator).ClearFaults();
        }
    }
}
