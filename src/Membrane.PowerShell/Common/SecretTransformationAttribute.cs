using System;
using System.Management.Automation;
using System.Security;

namespace Membrane.PowerShell.Common;

/// <summary>Accepts a secret as a SecureString or as plain text.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Bare.Value(inputData) switch
        {
            string text => Secrets.Protect(text),
            SecureString or null => inputData,
            var other => throw Secrets.Refuse("A secret", "text or a SecureString", $"a {other.GetType().Name}"),
        };
}
