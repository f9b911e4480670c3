using System;
using System.Collections.Generic;

namespace Membrane;

/// <summary>An app that can be connected, from the workspace or from the public catalogue.</summary>
public sealed class ExternalApp : MembraneModel
{
    /// <summary>The internal id, opaque.</summary>
    public string? Id { get; internal set; }

    /// <summary>The stable key.</summary>
    public string? Key { get; internal set; }

    /// <summary>The display name.</summary>
    public string? Name { get; internal set; }

    /// <summary>The stable unique identifier.</summary>
    public string? Uuid { get; internal set; }

    /// <summary>The address of the app.</summary>
    public string? AppUri { get; internal set; }

    /// <summary>The address of the logo.</summary>
    public string? LogoUri { get; internal set; }

    /// <summary>The categories.</summary>
    public IReadOnlyList<string>? Categories { get; internal set; }

    /// <summary>The connector that a new connection uses.</summary>
    public string? DefaultConnectorId { get; internal set; }

    /// <summary>The rank among all apps.</summary>
    public double? Popularity { get; internal set; }

    /// <summary>Whether the app cannot be changed.</summary>
    public bool? IsReadOnly { get; internal set; }

    /// <summary>Whether the app is listed publicly.</summary>
    public bool? IsPublic { get; internal set; }

    /// <summary>Whether the tenant has a connection to the app.</summary>
    public bool? IsConnected { get; internal set; }

    /// <summary>Whether signing in to the app is built.</summary>
    public bool? HasAuth { get; internal set; }

    /// <summary>Whether data collections of the app are built.</summary>
    public bool? HasData { get; internal set; }

    /// <summary>Whether the app has free accounts for tests; empty where no one looked.</summary>
    public bool? HasFreeTestAccount { get; internal set; }

    /// <summary>How to get a free account for tests.</summary>
    public string? FreeTestAccountGuide { get; internal set; }

    /// <summary>When that guide was last checked.</summary>
    public DateTimeOffset? FreeTestAccountGuideVerifiedAt { get; internal set; }

    /// <summary>The package that the app is based on.</summary>
    public string? BasePackageId { get; internal set; }

    /// <summary>The name of the readme.</summary>
    public string? ReadmeSlug { get; internal set; }

    /// <summary>The tenant, where the app belongs to one.</summary>
    public string? TenantId { get; internal set; }

    /// <summary>The OpenAPI documents of the app: name and sourceUri each.</summary>
    public object? OpenapiSpecs { get; internal set; }

    /// <summary>The name, or what else tells the app apart.</summary>
    public override string ToString() => Name ?? Key ?? Id ?? nameof(ExternalApp);
}
