using System;
using System.Management.Automation;
using Membrane.PowerShell.Loader;

namespace Membrane;

/// <summary>
/// On a parameter of a native command: arguments by name are read by the same rules as a cell of a table, before PowerShell would round
/// it, read a suffix, or make 0 or an empty text of null.
/// </summary>
/// <remarks>
/// It is here because scripts name it, and they see no type of the private load context. The contracts, which they see too, are a library
/// of their own and do without PowerShell.
/// </remarks>
/// <remarks>For values of one kind.</remarks>
/// <param name="kind">Text, Integer, Number, Switch, Boolean, Time, Date, Object or Any.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class InputValueAttribute(string kind) : ArgumentTransformationAttribute
{
    private static readonly Lazy<Func<string, bool, bool, object?, object?>> Reader = new(static () =>
        ModuleLoader.Find<Func<string, bool, bool, object?, object?>>("Membrane.PowerShell.Apps.ArgumentValue", "Read")
    );

    /// <summary>Whether null is a value of the property.</summary>
    public bool AllowNull { get; set; }

    /// <summary>Whether the parameter takes several values.</summary>
    public bool IsArray { get; set; }

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        Reader.Value(kind, AllowNull, IsArray, inputData);
}
