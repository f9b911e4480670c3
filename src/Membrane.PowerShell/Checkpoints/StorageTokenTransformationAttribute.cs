using System.Management.Automation;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Checkpoints;

/// <summary>
/// Lets a token for Azure Storage be given as text, as a SecureString, as what Get-AzAccessToken emits, or as a script block that emits one
/// of them whenever one is needed.
/// </summary>
[System.AttributeUsage(System.AttributeTargets.Property)]
public sealed class StorageTokenTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Bare.Value(inputData) switch
        {
            ScriptBlock script => script,
            var other => Secrets.ReadToken(inputData)
                ?? throw Secrets.Refuse(
                    "A token for Azure Storage",
                    "text, a SecureString, what Get-AzAccessToken emits, or a script block that emits one of them",
                    other is null or string ? "nothing" : $"a {other.GetType().Name} without one"
                ),
        };
}
