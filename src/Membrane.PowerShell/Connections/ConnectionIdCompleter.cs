namespace Membrane.PowerShell.Connections;

/// <summary>Completes connections by id, for what was typed of the id, a key or the name.</summary>
public sealed class ConnectionIdCompleter : ConnectionCompleter
{
    private protected override bool TakesOnlyIds => true;
}
