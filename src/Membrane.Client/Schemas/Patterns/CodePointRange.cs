namespace Membrane.Client.Schemas.Patterns;

/// <summary>Code points from one to another, both included.</summary>
internal sealed class CodePointRange(int low, int high)
{
    public int Low { get; } = low;

    public int High { get; } = high;
}
