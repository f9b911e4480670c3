using System;
using System.Collections.Generic;
using System.Security;

namespace Membrane;

/// <summary>A workspace of an organization, as its members see it.</summary>
public sealed class Workspace : MembraneModel
{
    /// <summary>The internal id, opaque.</summary>
    public string? Id { get; internal set; }

    /// <summary>The display name.</summary>
    public string? Name { get; internal set; }

    /// <summary>The key that tokens name.</summary>
    public string? Key { get; internal set; }

    /// <summary>The organization.</summary>
    public string? OrgId { get; internal set; }

    /// <summary>production or development.</summary>
    public string? Type { get; internal set; }

    /// <summary>Whether nothing in it can be changed.</summary>
    public bool? IsReadOnly { get; internal set; }

    /// <summary>The address of the logo.</summary>
    public string? LogoUri { get; internal set; }

    /// <summary>The address of the API for this workspace; empty for the usual one.</summary>
    public string? ApiBaseUri { get; internal set; }

    /// <summary>The workspace secret, which signs tokens.</summary>
    public SecureString? Secret { get; internal set; }

    /// <summary>A token of the vendor's engine.</summary>
    public SecureString? EngineAccessToken { get; internal set; }

    /// <summary>The registered public keys: objects with name and publicKey.</summary>
    public object? PublicKeys { get; internal set; }

    /// <summary>Where further public keys are published.</summary>
    public string? JwksUri { get; internal set; }

    /// <summary>The settings.</summary>
    public object? Settings { get; internal set; }

    /// <summary>The limits.</summary>
    public object? Limits { get; internal set; }

    /// <summary>The schema of the fields of tenants.</summary>
    public object? UserFieldsSchema { get; internal set; }

    /// <summary>Where events are sent.</summary>
    public string? WebhookUri { get; internal set; }

    /// <summary>Which events are sent.</summary>
    public IReadOnlyList<string>? EnabledWebhookEvents { get; internal set; }

    /// <summary>When the workspace was created.</summary>
    public DateTimeOffset? CreatedAt { get; internal set; }

    /// <summary>When the workspace was last updated.</summary>
    public DateTimeOffset? UpdatedAt { get; internal set; }

    /// <summary>The key of the workspace.</summary>
    public override string ToString() => Key ?? Name ?? Id ?? nameof(Workspace);
}
