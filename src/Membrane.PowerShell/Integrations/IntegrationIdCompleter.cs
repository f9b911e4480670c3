namespace Membrane.PowerShell.Integrations;

/// <summary>Completes integrations by id, for what was typed of the id, the key or the name.</summary>
public sealed class IntegrationIdCompleter : IntegrationCompleter
{
    private protected override string? Word(Integration item) => item.Id;
}
