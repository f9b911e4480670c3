using System;
using System.Management.Automation;

namespace Membrane.PowerShell.Common;

/// <summary>
/// Refuses nothing where something was meant: null, DBNull, blank text, an empty list, and a list with one of them. What a parameter
/// selects by must not become everything because a variable was empty; who means no selection leaves the parameter out.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ValidateGivenAttribute : ValidateArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        if (Nothing.Describe(arguments) is { } nothing)
        {
            throw new ValidationMetadataException($"Nothing was given ({nothing}). Look at the variable or the property that the value comes from, or leave the parameter out.");
        }
    }
}
