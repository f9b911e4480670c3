using System;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.FieldMappings;
using Membrane.Client.Json;
using Membrane.Client.Transport;

namespace Membrane.Client;

/// <summary>Field mappings: what the fields of the app are called in the own app, and the other way round.</summary>
public class FieldMappingsClient
{
    private readonly ApiTransport transport;

    /// <summary>Makes a client that sends nothing, for a test to derive from.</summary>
    protected FieldMappingsClient() => transport = null!;

    internal FieldMappingsClient(ApiTransport transport) => this.transport = transport;

    /// <summary>Runs a field mapping on values, which changes nothing (<c>POST /field-mappings/{selector}/run</c>).</summary>
    /// <param name="idOrKey">The mapping.</param>
    /// <param name="input">The values: an object, or null for none.</param>
    /// <param name="direction">import (from the app) or export (to the app); null for that of the mapping.</param>
    /// <param name="scope">Where the key is looked up.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The mapped values.</returns>
    /// <exception cref="MembraneInputException">The input has no form in JSON.</exception>
    public virtual Task<object?> RunAsync(
        string idOrKey,
        object? input,
        string? direction = null,
        ElementScope? scope = null,
        CancellationToken cancellationToken = default
    ) => PrepareRun(idOrKey, input, direction, scope)(cancellationToken);

    /// <summary>The run of a mapping, with what is to be sent written already: to be called once, on any thread.</summary>
    /// <exception cref="MembraneInputException">The input has no form in JSON.</exception>
    internal Func<CancellationToken, Task<object?>> PrepareRun(string idOrKey, object? input, string? direction, ElementScope? scope)
    {
        var request = ApiRequest
            .Post("field-mappings", Selector.Check(idOrKey, "FieldMapping"), "run")
            .Repeatable()
            .Json(writer =>
            {
                writer.WriteStartObject();
                writer.WriteText("direction", direction);
                writer.WriteValue("input", input, transport.Objects, "InputObject");
                writer.WriteEndObject();
            });
        request = scope?.Narrow(request) ?? request;
        return async cancellationToken =>
            (await transport.SendAsync(request, FieldMappingAnswer.Reader, cancellationToken).ConfigureAwait(false)).Output;
    }
}
