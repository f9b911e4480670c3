using System.Collections.Generic;
using Membrane.Client.Json;

namespace Membrane.Client.Actions;

/// <summary>
/// What an action is made of, or what is changed in one. Null is left as it is. With a connection, the action belongs to that
/// connection; with an integration, to that integration; with neither, it is universal.
/// </summary>
public sealed class ActionContent
{
    /// <summary>The display name.</summary>
    public string? Name { get; init; }

    /// <summary>The stable key.</summary>
    public string? Key { get; init; }

    /// <summary>Free text about the action.</summary>
    public string? Description { get; init; }

    /// <summary>The kind, such as api-request-to-external-app or run-javascript.</summary>
    public string? Type { get; init; }

    /// <summary>The settings of that kind.</summary>
    public object? Config { get; init; }

    /// <summary>The JSON Schema of the input.</summary>
    public object? InputSchema { get; init; }

    /// <summary>The expression that maps the raw output.</summary>
    public object? OutputMapping { get; init; }

    /// <summary>The explicit schema of the output.</summary>
    public object? CustomOutputSchema { get; init; }

    /// <summary>The connection that it belongs to, by id.</summary>
    public string? ConnectionId { get; init; }

    /// <summary>The integration that it belongs to, by id.</summary>
    public string? IntegrationId { get; init; }

    /// <summary>The integration that it belongs to, by key.</summary>
    public string? IntegrationKey { get; init; }

    /// <summary>The parent element, by id.</summary>
    public string? ParentId { get; init; }

    /// <summary>What tells apart several instances on one connection.</summary>
    public string? InstanceKey { get; init; }

    /// <summary>Free key-value data.</summary>
    public object? Meta { get; init; }

    /// <summary>What the action should do, in plain words: an agent builds it. Experimental.</summary>
    public string? Intent { get; init; }

    /// <summary>Further fields, under the API's own names.</summary>
    public IEnumerable<KeyValuePair<string, object?>>? More { get; init; }

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
