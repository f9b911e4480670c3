using System.Linq;
using System.Management.Automation;
using System.Security;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Tokens;

/// <summary>Lets a token be given as text, as a SecureString, or as what New-MembraneToken emits.</summary>
[System.AttributeUsage(System.AttributeTargets.Property)]
public sealed class TokenTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            string text => Secrets.Protect(text),
            AccessToken token => token.Token,
            SecureString or null => inputData,
            _ => PSObject.AsPSObject(inputData).Properties.Match("Token").FirstOrDefault()?.Value switch
            {
                string text => Secrets.Protect(text),
                SecureString secret => secret,
                _ => inputData,
            },
        };
    }
}
