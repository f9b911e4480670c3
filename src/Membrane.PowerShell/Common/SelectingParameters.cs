using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Management.Automation;
using System.Reflection;

namespace Membrane.PowerShell.Common;

/// <summary>The parameters of a command that must not be blank text.</summary>
internal static class SelectingParameters
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Known = new();

    /// <summary>Returns the error of a parameter with blank text; null where there is none.</summary>
    /// <param name="command">The command, whose parameters are bound.</param>
    public static MembraneInputException? FindBlank(PSCmdlet command)
    {
        var bound = command.MyInvocation.BoundParameters;
        foreach (var parameter in Known.GetOrAdd(command.GetType(), Find))
        {
            // Null is a parameter that was given for an earlier object of the pipeline only.
            if (bound.ContainsKey(parameter.Name) && parameter.GetValue(command) is { } value && Nothing.Describe(value) is { } nothing)
            {
                return new MembraneInputException(
                    ErrorIds.InvalidInput,
                    parameter.Name,
                    $"Nothing was given for {parameter.Name} ({nothing}).",
                    $"Look at the variable or the property that it comes from, or leave -{parameter.Name} out."
                );
            }
        }

        return null;
    }

    private static PropertyInfo[] Find(Type command) =>
        command
            .GetProperties()
            .Where(static property =>
                property.IsDefined(typeof(RefuseNothingAttribute)) || property.IsDefined(typeof(ReferenceTransformationAttribute))
            )
            .Where(static property => !(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType).IsValueType)
            .ToArray();
}
