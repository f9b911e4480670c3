namespace Membrane.PowerShell.Common;

/// <summary>Which property of a kind of object has the id that a reference is made of.</summary>
/// <param name="kind">The kind of object, such as Connection.</param>
/// <param name="property">The property with the id.</param>
internal sealed class IdRule(string kind, string property)
{
    /// <summary>For objects that stand for elements of several types: the one that is meant.</summary>
    public string? ElementType { get; init; }

    /// <summary>Where the id is.</summary>
    public string Property => property;

    /// <summary>Returns whether the rule is for this object.</summary>
    public bool Matches(GivenObject given) => given.Kind == kind && (ElementType is null || given.Text(nameof(ElementType)) == ElementType);
}
