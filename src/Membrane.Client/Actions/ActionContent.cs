using System.Collections.Generic;
using Membrane.Client.Json;

namespace Membrane.Client;

/// <summary>
/// What an action is made of, or what is changed in one. Null is left as it is. With a connection, the action belongs to that
/// connection; with an integration, to that integration; with neither, it is universal.
/// </summary>
public sealed class ActionContent
{
    /// <summary>The display name.</summary>
    public string? Name { get; set; }

    /// <summary>The stable key.</summary>
    public string? Key { get; set; }

    /// <summary>Free text about the action.</summary>
    public string? Description { get; set; }

    /// <summary>The kind, such as api-request-to-external-app or run-javascript.</summary>
    public string? Type { get; set; }

    /// <summary>The settings of that kind.</summary>
    public object? Config { get; set; }

    /// <summary>The JSON Schema of the input.</summary>
    public object? InputSchema { get; set; }

    /// <summary>The expression that maps the raw output.</summary>
    public object? OutputMapping { get; set; }

    /// <summary>The explicit schema of the output.</summary>
    public object? CustomOutputSchema { get; set; }

    /// <summary>The connection that it belongs to, by id.</summary>
    public string? ConnectionId { get; set; }

    /// <summary>The integration that it belongs to, by id.</summary>
    public string? IntegrationId { get; set; }

    /// <summary>The integration that it belongs to, by key.</summary>
    public string? IntegrationKey { get; set; }

    /// <summary>The parent element, by id.</summary>
    public string? ParentId { get; set; }

    /// <summary>What tells apart several instances on one connection.</summary>
    public string? InstanceKey { get; set; }

    /// <summary>Free key-value data.</summary>
    public object? Meta { get; set; }

    /// <summary>What the action should do, in plain words: an agent builds it. Experimental.</summary>
    public string? Intent { get; set; }

    /// <summary>Further fields, under the API's own names.</summary>
    public IEnumerable<KeyValuePair<string, object?>>? More { get; set; }

    internal BodyFields ToFields() =>
        new BodyFields()
            .Add("key", Key)
            .Add("name", Name)
            .Add("description", Description)
            .Add("meta", Meta)
            .Add("integrationId", IntegrationId)
            .Add("integrationKey", IntegrationKey)
            .Add("parentId", ParentId)
            .Add("connectionId", ConnectionId)
            .Add("instanceKey", InstanceKey)
            .Add("inputSchema", InputSchema)
            .Add("type", Type)
            .Add("config", Config)
            .Add("outputMapping", OutputMapping)
            .Add("customOutputSchema", CustomOutputSchema)
            .Add("intent", Intent)
            .AddMore(More);
}
