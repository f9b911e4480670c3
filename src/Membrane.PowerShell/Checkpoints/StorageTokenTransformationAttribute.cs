using System.Linq;
using System.Management.Automation;
using System.Security;
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
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            string text when text.Trim().Length > 0 => Secrets.Protect(text),
            SecureString { Length: > 0 } or ScriptBlock => value,
            null => throw Refuse("nothing"),
            _ => PSObject.AsPSObject(inputData).Properties.Match("Token").FirstOrDefault()?.Value switch
            {
                string text when text.Trim().Length > 0 => Secrets.Protect(text),
                SecureString { Length: > 0 } secret => secret,
                _ => throw Refuse($"a {value.GetType().Name} without one"),
            },
        };
    }

    private static ArgumentTransformationMetadataException Refuse(string what) =>
        new(
            $"A token for Azure Storage was to be given, and {what} was: pass text, a SecureString, what Get-AzAccessToken emits, or a "
                + "script block that emits one of them."
        );
}
