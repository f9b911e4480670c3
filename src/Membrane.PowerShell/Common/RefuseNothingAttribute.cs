using System;
using System.Management.Automation;

namespace Membrane.PowerShell.Common;

/// <summary>
/// Refuses nothing where something was meant: null, DBNull, blank text, an empty list, and a list with one of them. What a parameter
/// selects by must not become everything because a variable was empty; who means no selection leaves the parameter out. It looks at what
/// was given, before the engine makes text or a list of it; blank text is refused by the command, see <see cref="SelectingParameters"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RefuseNothingAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Nothing.Refuse(inputData) is { } nothing
            ? throw new ArgumentTransformationMetadataException(
                $"Nothing was given ({nothing}). Look at the variable or the property that the value comes from, or leave the parameter "
                    + $"out."
            )
            : inputData;
}
