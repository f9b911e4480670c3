using System;

namespace Membrane.PowerShell.Tests.Layers.Sample.Low;

internal class Base;

internal interface IContract;

internal interface IConstraint;

internal sealed class Parameter;

internal sealed class Argument;

internal sealed class Caught : Exception;

internal sealed class InLambda;

internal sealed class InAsync;

internal sealed class InAttribute;

internal sealed class OfElement;

[AttributeUsage(AttributeTargets.All)]
internal sealed class MarkAttribute(Type type) : Attribute
{
    public Type Type => type;
}

internal static class Constants
{
    public const int Number = 42;
}
