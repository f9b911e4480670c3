using System;
using System.Management.Automation;

namespace Membrane.PowerShell.Common;

/// <summary>Accepts a secret as a SecureString or as plain text.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value is string text ? Secrets.Protect(text) : inputData;
    }
}
