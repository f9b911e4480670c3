namespace Membrane.PowerShell.ExternalApps;

/// <summary>Completes apps by id, for what was typed of the id, the key or the name.</summary>
public sealed class ExternalAppIdCompleter : ExternalAppCompleter
{
    private protected override string? Word(ExternalApp item) => item.Id;
}
