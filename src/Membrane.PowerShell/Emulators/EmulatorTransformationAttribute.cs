using System;
using System.Linq;
using System.Management.Automation;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Sessions;

namespace Membrane.PowerShell.Emulators;

/// <summary>
/// Lets an emulator be given as what became of it in a job or a file; nothing is refused, so that a variable that is empty never means
/// another one.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EmulatorTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if (Nothing.Describe(inputData) is { } nothing)
        {
            throw new ArgumentTransformationMetadataException(
                $"Nothing was given ({nothing}), and an emulator is needed: what Start-MembraneEmulator or Get-MembraneEmulator emits. "
                    + $"Look at the variable that it comes from, or leave the parameter out."
            );
        }

        var value = Bare.Value(inputData);
        if (value is MembraneEmulator || GivenObject.Find(inputData) is not { Kind: nameof(MembraneEmulator) } copy)
        {
            return inputData;
        }

        var address = copy.Text(nameof(MembraneEmulator.ApiUri));
        return RunspaceState.Current.Emulators.FirstOrDefault(emulator => emulator.ApiUri.ToString() == address)
            ?? throw new ArgumentTransformationMetadataException(
                $"No emulator of this session runs at {address}. Get-MembraneEmulator shows those that do."
            );
    }
}
