using System;
using System.Linq;
using System.Management.Automation;

namespace Membrane.PowerShell.Contexts;

/// <summary>Lets a context be given by its name.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ContextTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (value is not string name)
        {
            return inputData;
        }

        RunspaceState state = RunspaceState.Current;
        return state.Find(name) ?? throw new ArgumentTransformationMetadataException(
            state.Contexts.Count == 0
                ? $"There is no context '{name}': nobody is signed in. Sign in with Connect-Membrane."
                : $"There is no context '{name}'. There are: {string.Join(", ", state.Contexts.Select(static context => context.Name))}.");
    }
}
