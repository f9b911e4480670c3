using System.Collections.Generic;
using Membrane.Client.Json;

namespace Membrane.Client;

/// <summary>What a connection is made of, or what is changed in one. Null is left as it is.</summary>
public sealed class ConnectionContent
{
    /// <summary>The display name.</summary>
    public string? Name { get; set; }

    /// <summary>The stable key, 1 to 100 characters. An empty text takes it away.</summary>
    public string? Key { get; set; }

    /// <summary>The integration, by id.</summary>
    public string? IntegrationId { get; set; }

    /// <summary>The integration, by key.</summary>
    public string? IntegrationKey { get; set; }

    /// <summary>The connector, by id.</summary>
    public string? ConnectorId { get; set; }

    /// <summary>The connector, by key.</summary>
    public string? ConnectorKey { get; set; }

    /// <summary>The version of the connector.</summary>
    public string? ConnectorVersion { get; set; }

    /// <summary>The external app, by id.</summary>
    public string? ExternalAppId { get; set; }

    /// <summary>The chosen authentication method.</summary>
    public string? AuthOptionKey { get; set; }

    /// <summary>The credentials: a secret.</summary>
    public object? Credentials { get; set; }

    /// <summary>The settings of the connector.</summary>
    public object? ConnectorParameters { get; set; }

    /// <summary>The input values that the connector asks for.</summary>
    public object? Input { get; set; }

    /// <summary>Free key-value data.</summary>
    public object? Meta { get; set; }

    /// <summary>What is wanted, in plain words: the service finds or builds the connector. Experimental.</summary>
    public string? Intent { get; set; }

    /// <summary>Further fields, under the API's own names.</summary>
    public IEnumerable<KeyValuePair<string, object?>>? More { get; set; }

    internal BodyFields ToFields() =>
        new BodyFields()
            .Add("name", Name)
            .AddErasable("key", Key)
            .Add("integrationId", IntegrationId)
            .Add("integrationKey", IntegrationKey)
            .Add("connectorId", ConnectorId)
            .Add("connectorKey", ConnectorKey)
            .Add("connectorVersion", ConnectorVersion)
            .Add("externalAppId", ExternalAppId)
            .Add("authOptionKey", AuthOptionKey)
            .Add("credentials", Credentials)
            .Add("connectorParameters", ConnectorParameters)
            .Add("input", Input)
            .Add("meta", Meta)
            .Add("intent", Intent)
            .AddMore(More);
}
