namespace Membrane.Client.ConnectionRequests;

/// <summary>What a person is asked to connect. At least one of the ids and keys is needed.</summary>
public sealed class NewConnectionRequest
{
    /// <summary>The connector, by id.</summary>
    public string? ConnectorId { get; init; }

    /// <summary>The connector, by key.</summary>
    public string? ConnectorKey { get; init; }

    /// <summary>The version of the connector.</summary>
    public string? ConnectorVersion { get; init; }

    /// <summary>The integration, by id.</summary>
    public string? IntegrationId { get; init; }

    /// <summary>The integration, by key.</summary>
    public string? IntegrationKey { get; init; }

    /// <summary>The connection to sign in again.</summary>
    public string? ConnectionId { get; init; }

    /// <summary>The key for the connection, 1 to 100 characters.</summary>
    public string? ConnectionKey { get; init; }

    /// <summary>The name for the connection.</summary>
    public string? Name { get; init; }

    /// <summary>Whether a new connection is made even where one exists.</summary>
    public bool? AllowMultipleConnections { get; init; }

    /// <summary>The settings of the connector.</summary>
    public object? ConnectorParameters { get; init; }

    /// <summary>Where the person is sent afterwards.</summary>
    public string? RedirectUri { get; init; }

    /// <summary>Task text.</summary>
    public string? Prompt { get; init; }
}
