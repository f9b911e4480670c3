namespace Membrane.PowerShell.Tests.Layers;

/// <summary>A reference from a type to one in another folder of the same project.</summary>
internal sealed record Arrow(string FromFolder, string FromType, string ToFolder, string ToType)
{
    public override string ToString() => $"{FromFolder} → {ToFolder}: {FromType} → {ToType}";
}
