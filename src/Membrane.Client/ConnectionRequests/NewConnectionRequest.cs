namespace Membrane.Client.ConnectionRequests;

/// <summary>What a person is asked to connect. At least one of the ids and keys is needed.</summary>
public sealed class NewConnectionRequest
{
    /// <summary>The connector, by id.</summary>
    public string? ConnectorId { get; set; }

    /// <summary>The connector, by key.</summary>
    public string? ConnectorKey { get; set; }

    /// <summary>The version of the connector.</summary>
    public string? ConnectorVersion { get; set; }

    /// <summary>The integration, by id.</summary>
    public string? IntegrationId { get; set; }

    /// <summary>The integration, by key.</summary>
    public string? IntegrationKey { get; set; }

    /// <summary>The connection to sign in again.</summary>
    public string? ConnectionId { get; set; }

    /// <summary>The key for the connection, 1 to 100 characters.</summary>
    public string? ConnectionKey { get; set; }

    /// <summary>The name for the connection.</summary>
    public string? Name { get; set; }

    /// <summary>Whether a new connection is made even where one exists.</summary>
    public bool? AllowMultipleConnections { get; set; }

    /// <summary>The settings of the connector.</summary>
    public object? ConnectorParameters { get; set; }

    /// <summary>Where the person is sent afterwards.</summary>
    public string? RedirectUri { get; set; }

    /// <summary>Task text.</summary>
    public string? Prompt { get; set; }
}
