using System.Collections.Generic;

namespace Membrane;

/// <summary>A pre-built adapter for an external app: it knows how to sign in and how to call the app's API.</summary>
public sealed class Connector : WorkspaceElement
{
    /// <summary>The version.</summary>
    public string? Version { get; internal set; }

    /// <summary>The kind of authentication: integration-app-token, membrane-token, oauth2, oauth1, client-credentials or proxy.</summary>
    public string? Type { get; internal set; }

    /// <summary>The categories of the app.</summary>
    public IReadOnlyList<string>? Categories { get; internal set; }

    /// <summary>The external app.</summary>
    public string? ExternalAppId { get; internal set; }

    /// <summary>The address of the logo.</summary>
    public string? LogoUri { get; internal set; }

    /// <summary>The address of the connector's files.</summary>
    public string? BaseUri { get; internal set; }

    /// <summary>The tenant, where the connector belongs to one.</summary>
    public string? TenantId { get; internal set; }

    /// <summary>Whether the connector is listed publicly.</summary>
    public bool? IsPublic { get; internal set; }

    /// <summary>The rank among all connectors.</summary>
    public double? Popularity { get; internal set; }

    /// <summary>Whether the connector can test a connection.</summary>
    public bool? HasTest { get; internal set; }

    /// <summary>Whether the authentication can be tested.</summary>
    public bool? HasAuthTest { get; internal set; }

    /// <summary>Whether the connector has operations.</summary>
    public bool? HasOperations { get; internal set; }

    /// <summary>How many operations it has.</summary>
    public long? OperationsCount { get; internal set; }

    /// <summary>Whether the connector has data collections.</summary>
    public bool? HasData { get; internal set; }

    /// <summary>How many data collections it has.</summary>
    public long? DataCollectionsCount { get; internal set; }

    /// <summary>How many events it has.</summary>
    public long? EventsCount { get; internal set; }

    /// <summary>The JSON Schema of the settings that a connection needs.</summary>
    public object? ParametersSchema { get; internal set; }

    /// <summary>The JSON Schema of the input that a connection needs.</summary>
    public object? InputSchema { get; internal set; }

    /// <summary>The JSON Schema of the credentials.</summary>
    public object? CredentialsSchema { get; internal set; }

    /// <summary>The ways of authentication, by key.</summary>
    public object? Options { get; internal set; }
}
