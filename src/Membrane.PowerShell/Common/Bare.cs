using System.Management.Automation;

namespace Membrane.PowerShell.Common;

/// <summary>Takes off what PowerShell wraps around a value.</summary>
internal static class Bare
{
    /// <summary>Returns the value itself. Of an object that is made of properties alone nothing but its type is left.</summary>
    public static object? Value(object? given) => given is PSObject wrapped ? wrapped.BaseObject : given;

    /// <summary>Returns the value itself, and an object that is made of properties alone as it is.</summary>
    public static object? ValueOrObject(object? given) => given is PSObject { BaseObject: PSCustomObject } ? given : Value(given);
}
