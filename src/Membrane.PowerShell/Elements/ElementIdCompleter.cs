namespace Membrane.PowerShell.Elements;

/// <summary>Completes elements of the type that the command line names by id, for what was typed of the id, the key or the name.</summary>
public sealed class ElementIdCompleter : ElementCompleter
{
    private protected override bool TakesOnlyIds => true;
}
