using System;
using Membrane.Client;
using Membrane.Client.Tokens;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Contexts;

/// <summary>Signs in with a workspace secret or a private key, which sign the tokens here.</summary>
internal sealed class KeyLogin(ConnectMembraneCommand command) : ILogin
{
    /// <summary>The secret of the workspace; empty with a private key.</summary>
    public string WorkspaceSecret { get; init; } = string.Empty;

    /// <summary>The private key in PEM form; null with a secret.</summary>
    public string? PrivateKey { get; init; }

    /// <summary>The workspace.</summary>
    public string WorkspaceKey { get; init; } = command.WorkspaceKey!;

    /// <summary>The tenant; null where none is named.</summary>
    public string? TenantKey { get; init; } = command.TenantKey;

    /// <summary>The address of the API; null for the public service.</summary>
    public Uri? ApiUri { get; init; } = command.Address;

    public MembraneContext SignIn()
    {
        bool isManager = command.Manager;
        if (!isManager && string.IsNullOrWhiteSpace(TenantKey))
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(TenantKey),
                "Nothing says for which tenant to act.",
                "Pass -TenantKey (or set MEMBRANE_TENANT_KEY), or -Manager to manage the whole workspace."
            );
        }

        var options = new WorkspaceTokenOptions
        {
            WorkspaceKey = WorkspaceKey,
            WorkspaceSecret = WorkspaceSecret,
            PrivateKey = PrivateKey,
            TenantKey = isManager ? null : TenantKey,
            TenantName = command.TenantName,
            Fields = Dictionaries.Map(command.TenantField),
            IsManager = isManager,
            Algorithm = command.Algorithm,
            ClaimForm = command.ClaimForm,
            Lifetime = TimeSpan.FromSeconds(command.TokenLifetimeSec),
        };
        if (PrivateKey is not null)
        {
            // A key that cannot be used is better reported now than at the first request.
            _ = new TokenMinter(options);
        }

        var context = command.Contexts.MakeContext(
            new WorkspaceTokenSource(options),
            PrivateKey is null ? AuthenticationType.WorkspaceSecret : AuthenticationType.PrivateKey,
            ApiUri
        );
        context.WorkspaceKey = WorkspaceKey;
        context.TenantKey = isManager ? null : TenantKey;
        context.IsManager = isManager;
        return context;
    }
}
