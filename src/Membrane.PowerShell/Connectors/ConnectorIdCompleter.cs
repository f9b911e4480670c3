namespace Membrane.PowerShell.Connectors;

/// <summary>Completes connectors by id, for what was typed of the id, the key or the name.</summary>
public sealed class ConnectorIdCompleter : ConnectorCompleter
{
    private protected override string? Word(Connector item) => item.Id;
}
