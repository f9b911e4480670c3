namespace Membrane;

/// <summary>An external app as it is set up in the workspace: it groups a connector, actions, data collections and flows.</summary>
public sealed class Integration : WorkspaceElement
{
    /// <summary>The connector.</summary>
    public string? ConnectorId { get; internal set; }

    /// <summary>The version of the connector.</summary>
    public string? ConnectorVersion { get; internal set; }

    /// <summary>The external app.</summary>
    public string? ExternalAppId { get; internal set; }

    /// <summary>The address of the app, on entries that were made from the public catalogue.</summary>
    public string? AppUri { get; internal set; }

    /// <summary>The address of the logo.</summary>
    public string? LogoUri { get; internal set; }

    /// <summary>The kind of authentication: integration-app-token, membrane-token, oauth2, oauth1, client-credentials or proxy.</summary>
    public string? AuthType { get; internal set; }

    /// <summary>The workspace's own OAuth callback.</summary>
    public string? OAuthCallbackUri { get; internal set; }

    /// <summary>The values of the parameters.</summary>
    public object? Parameters { get; internal set; }

    /// <summary>Whether some required parameters have no value.</summary>
    public bool? HasMissingParameters { get; internal set; }

    /// <summary>Whether the connector has documentation.</summary>
    public bool? HasDocumentation { get; internal set; }

    /// <summary>Whether the connector has operations.</summary>
    public bool? HasOperations { get; internal set; }

    /// <summary>How many operations the connector has.</summary>
    public long? OperationsCount { get; internal set; }

    /// <summary>Whether the connector has data collections.</summary>
    public bool? HasData { get; internal set; }

    /// <summary>How many data collections the connector has.</summary>
    public long? DataCollectionsCount { get; internal set; }

    /// <summary>Whether the connector has events.</summary>
    public bool? HasEvents { get; internal set; }

    /// <summary>How many events the connector has.</summary>
    public long? EventsCount { get; internal set; }

    /// <summary>Whether the connector has webhooks for the whole workspace.</summary>
    public bool? HasGlobalWebhooks { get; internal set; }

    /// <summary>Whether the connector maps unified models.</summary>
    public bool? HasUdm { get; internal set; }

    /// <summary>Whether this is a test object.</summary>
    public bool? IsTest { get; internal set; }

    /// <summary>What each authentication method is set to, by key.</summary>
    public object? OptionsConfig { get; internal set; }

    /// <summary>The tenant's connection, where the service embeds it.</summary>
    public Connection? Connection { get; internal set; }
}
