using System.Collections.Generic;

namespace Membrane.Client;

/// <summary>Which workspace, and on whose behalf in it, an account is going to act.</summary>
public sealed class WorkspaceChoice
{
    /// <summary>The key or the id of the workspace; null where the account has one only.</summary>
    public string? WorkspaceKey { get; set; }

    /// <summary>The key of the tenant; null for a manager.</summary>
    public string? TenantKey { get; set; }

    /// <summary>Whether the whole workspace is managed instead of acting for one tenant.</summary>
    public bool IsManager { get; set; }

    /// <summary>The display name of the tenant.</summary>
    public string? TenantName { get; set; }

    /// <summary>Fields kept on the tenant.</summary>
    public IReadOnlyDictionary<string, object?>? Fields { get; set; }

    /// <summary>Whether nothing was chosen.</summary>
    public bool IsEmpty => WorkspaceKey is null && TenantKey is null && !IsManager;

    /// <summary>Checks that it says on whose behalf.</summary>
    /// <exception cref="MembraneInputException">It says nothing, or two things.</exception>
    internal void Validate()
    {
        if (IsManager == !string.IsNullOrWhiteSpace(TenantKey))
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(TenantKey),
                IsManager ? "A manager acts for no tenant." : "Nothing says for which tenant to act.",
                "Pass a tenant key, or manage the whole workspace."
            );
        }
    }
}
