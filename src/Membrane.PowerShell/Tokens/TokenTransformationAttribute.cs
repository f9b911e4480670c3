using System.Management.Automation;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Tokens;

/// <summary>Lets a token be given as text, as a SecureString, or as what New-MembraneToken emits.</summary>
[System.AttributeUsage(System.AttributeTargets.Property)]
public sealed class TokenTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Bare.Value(inputData) switch
        {
            string text => Secrets.Protect(text),
            null => inputData,
            var other => Secrets.ReadToken(inputData)
                ?? throw Secrets.Refuse(
                    "A token",
                    "text, a SecureString, or what New-MembraneToken emits",
                    $"a {other.GetType().Name} without one"
                ),
        };
}
