using System.Linq;
using Membrane.Client.Json;

namespace Membrane.Client;

/// <summary>
/// What <c>POST /act</c> is to run: exactly one of a saved action (by id or by key), a request to the app's API, and JavaScript code.
/// The connection is the one that is named, else the integration's default one, else the workspace's.
/// </summary>
public sealed class ActRequest
{
    /// <summary>A saved action, by id.</summary>
    public string? Id { get; set; }

    /// <summary>A saved action, by key.</summary>
    public string? Key { get; set; }

    /// <summary>A request to the app's API.</summary>
    public ApiCall? Api { get; set; }

    /// <summary>A JavaScript module that exports a function.</summary>
    public string? Code { get; set; }

    /// <summary>The connection to run on, by id.</summary>
    public string? ConnectionId { get; set; }

    /// <summary>The connection to run on, by key.</summary>
    public string? ConnectionKey { get; set; }

    /// <summary>The integration, by id.</summary>
    public string? IntegrationId { get; set; }

    /// <summary>The integration, by key.</summary>
    public string? IntegrationKey { get; set; }

    /// <summary>The input: anything with a form in JSON; null for none.</summary>
    public object? Input { get; set; }

    /// <summary>What is kept on the run log.</summary>
    public object? Meta { get; set; }

    internal string What => Id ?? Key ?? (Api is not null ? Api.ToString() : "code");

    internal BodyFields ToFields()
    {
        object?[] things = [Id, Key, Api, Code];
        if (things.Count(static thing => thing is not (null or "")) != 1)
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                "Action",
                "Exactly one thing can be run at once: an action, a request to the app's API, or code.",
                "Pass one of Id, Key, Api and Code."
            );
        }

        return new BodyFields()
            .Add("id", Id)
            .Add("key", Key)
            .Add("api", Api?.ToMembers())
            .Add("code", Code)
            .Add("integrationId", IntegrationId)
            .Add("integrationKey", IntegrationKey)
            .Add("connectionId", ConnectionId)
            .Add("connectionKey", ConnectionKey)
            .Add("input", Input)
            .Add("meta", Meta);
    }
}
