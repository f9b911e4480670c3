using System;
using System.Linq;
using System.Management.Automation;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Sessions;

/// <summary>
/// Lets a context be given by its name, or as what became of it in a job or a file; nothing is refused, so that a variable that is empty
/// never means the default context.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ContextTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>
    /// Whether a name also stands for a context that was to be replaced by a sign-in that failed: for the commands that bring it back, or
    /// end it.
    /// </summary>
    public bool TakesReplaced { get; set; }

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if (Nothing.Describe(inputData) is { } nothing)
        {
            throw new ArgumentTransformationMetadataException(
                $"Nothing was given ({nothing}), and a context or its name is needed. Look at the variable that it comes from, or leave "
                    + $"the parameter out to mean the default context."
            );
        }

        var value = Bare.Value(inputData);
        if (value is string name)
        {
            return Find(name);
        }

        return
            value is not MembraneContext
            && GivenObject.Find(inputData) is { Kind: nameof(MembraneContext) } copy
            && copy.Text(nameof(MembraneContext.Name)) is { } signIn
            ? Find(signIn, copy)
            : inputData;
    }

    private MembraneContext Find(string name)
    {
        var state = RunspaceState.Current;
        var context = state.Find(name);
        if (context is not null && !TakesReplaced && state.FindFailure(name) is { } failure)
        {
            throw new ArgumentTransformationMetadataException(
                $"The context '{name}' is an earlier one: {failure.Why} {failure.Advice} Or go on with the earlier one: "
                    + $"Select-MembraneContext '{name}'."
            );
        }

        return context
            ?? throw new ArgumentTransformationMetadataException(
                state.Contexts.Count == 0
                    ? $"There is no context '{name}': this session is not signed in. Sign in with Connect-Membrane."
                    : $"There is no context '{name}'. There are: "
                        + $"{string.Join(", ", state.Contexts.Select(static context => context.Name))}."
            );
    }

    // A sign-in does not travel. Of the same name there may be another one here, for another tenant.
    private MembraneContext Find(string name, GivenObject copy)
    {
        var context = Find(name);
        var different = new (string Name, string? Here)[]
        {
            (nameof(MembraneContext.ApiUri), context.ApiUri?.ToString()),
            (nameof(MembraneContext.WorkspaceKey), context.WorkspaceKey),
            (nameof(MembraneContext.TenantKey), context.TenantKey),
        }
            .FirstOrDefault(one => !string.Equals(copy.Text(one.Name) ?? string.Empty, one.Here ?? string.Empty, StringComparison.Ordinal))
            .Name;
        return different is null
            ? context
            : throw new ArgumentTransformationMetadataException(
                $"The context '{name}' of this session is another one: its {different} is not the one that was given. Sign in here with "
                    + $"Connect-Membrane, or pass the name."
            );
    }
}
