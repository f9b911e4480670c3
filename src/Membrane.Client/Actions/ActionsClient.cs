using System;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Actions;
using Membrane.Client.Json;
using Membrane.Client.Paging;
using Membrane.Client.Transport;
using Membrane.Client.Waiting;

namespace Membrane.Client;

/// <summary>Actions: single operations on connected apps.</summary>
public class ActionsClient
{
    private const string Path = "actions";
    private const string SerializerMessage = "Reads the types at run time. Use the overload that takes a JsonTypeInfo.";
    private static readonly JsonSerializerOptions WebOptions = new(JsonSerializerDefaults.Web);
    private readonly ApiTransport transport;

    /// <summary>Makes a client that sends nothing, for a test to derive from.</summary>
    protected ActionsClient() => transport = null!;

    internal ActionsClient(ApiTransport transport) => this.transport = transport;

    /// <summary>Lists actions, or finds them by intent (<c>GET /actions</c>).</summary>
    public virtual Listing<MembraneAction> List(ActionFilter? filter = null, ListingOptions? options = null)
    {
        filter ??= new ActionFilter();
        return transport.List(
            () =>
                ApiRequest
                    .Get(Path)
                    .Query("connectionId", filter.ConnectionId)
                    .Query("integrationId", filter.IntegrationId)
                    .Query("integrationKey", filter.IntegrationKey)
                    .Query("externalAppId", filter.ExternalAppId)
                    .Query("search", filter.Search)
                    .Query("intent", filter.Intent)
                    .Query("layer", filter.Layer)
                    .Query("includeArchived", filter.IncludeArchived ? true : null),
            ActionReader.Page,
            options,
            action => action.FoundOnConnectionId = filter.ConnectionId
        );
    }

    /// <summary>Gets an action (<c>GET /actions/{selector}</c>).</summary>
    public virtual async Task<MembraneAction> GetAsync(ActionSelector selector, CancellationToken cancellationToken = default)
    {
        var action = await transport
            .SendAsync(selector.Narrow(ApiRequest.Get(Path, selector.IdOrKey)), ActionReader.One, cancellationToken)
            .ConfigureAwait(false);
        action.FoundOnConnectionId = selector.ConnectionId;
        return action;
    }

    /// <summary>Waits until an action is no longer being built (<c>GET /actions/{selector}?wait=true</c>).</summary>
    /// <exception cref="MembraneTimeoutException">Time is up.</exception>
    public virtual Task<MembraneAction> WaitAsync(
        ActionSelector selector,
        WaitOptions<MembraneAction>? options = null,
        CancellationToken cancellationToken = default
    ) =>
        Waiter.ForAnswerAsync(
            (seconds, token) =>
                transport.SendAsync(selector.Narrow(ApiRequest.Get(Path, selector.IdOrKey)).Wait(seconds), ActionReader.One, token),
            static action => !string.Equals(action.State, "BUILDING", StringComparison.OrdinalIgnoreCase),
            options ?? new WaitOptions<MembraneAction>(),
            cancellationToken
        );

    /// <summary>Makes an action (<c>POST /actions</c>). With an intent, an agent builds it.</summary>
    /// <exception cref="MembraneInputException">Nothing says what to make.</exception>
    public virtual Task<MembraneAction> CreateAsync(ActionContent content, CancellationToken cancellationToken = default) =>
        PrepareCreate(content)(cancellationToken);

    /// <summary>Writes the request that makes an action; the result sends it, once.</summary>
    /// <exception cref="MembraneInputException">Nothing says what to make.</exception>
    internal Func<CancellationToken, Task<MembraneAction>> PrepareCreate(ActionContent content)
    {
        if (string.IsNullOrWhiteSpace(content.Name) && string.IsNullOrWhiteSpace(content.Intent) && content.More is null)
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(content.Name),
                "Nothing says what action to make.",
                "Pass a name, or an intent that says what it should do."
            );
        }

        var request = Write(ApiRequest.Post(Path), content.ToFields());
        return cancellationToken => transport.SendAsync(request, ActionReader.One, cancellationToken);
    }

    /// <summary>Changes the given fields of an action (<c>PATCH /actions/{selector}</c>).</summary>
    /// <exception cref="MembraneInputException">Nothing is to be changed.</exception>
    public virtual Task<MembraneAction> PatchAsync(
        ActionSelector selector,
        ActionContent content,
        CancellationToken cancellationToken = default
    ) => PrepareChange(selector, content, isReplacing: false)(cancellationToken);

    /// <summary>Replaces all fields of an action (<c>PUT /actions/{selector}</c>).</summary>
    /// <exception cref="MembraneInputException">No field is given.</exception>
    public virtual Task<MembraneAction> ReplaceAsync(
        ActionSelector selector,
        ActionContent content,
        CancellationToken cancellationToken = default
    ) => PrepareChange(selector, content, isReplacing: true)(cancellationToken);

    /// <summary>Writes the request that changes an action; the result sends it, once.</summary>
    /// <exception cref="MembraneInputException">No field is given.</exception>
    internal Func<CancellationToken, Task<MembraneAction>> PrepareChange(ActionSelector selector, ActionContent content, bool isReplacing)
    {
        string[] path = [Path, selector.IdOrKey];
        var request = Write(selector.Narrow(isReplacing ? ApiRequest.Put(path) : ApiRequest.Patch(path)), content.ToFields().RequireSome());
        return cancellationToken => transport.SendAsync(request, ActionReader.One, cancellationToken);
    }

    /// <summary>Archives an action; it can be restored (<c>DELETE /actions/{selector}</c>).</summary>
    public virtual Task ArchiveAsync(ActionSelector selector, CancellationToken cancellationToken = default) =>
        transport.SendAsync(selector.Narrow(ApiRequest.Delete(Path, selector.IdOrKey)), cancellationToken);

    /// <summary>Restores an archived action (<c>POST /actions/{selector}/restore</c>).</summary>
    public virtual Task<MembraneAction> RestoreAsync(ActionSelector selector, CancellationToken cancellationToken = default) =>
        transport.SendAsync(
            selector.Narrow(ApiRequest.Post(Path, selector.IdOrKey, "restore")).Repeatable(),
            ActionReader.One,
            cancellationToken
        );

    /// <summary>Makes a copy of an action (<c>POST /actions/{selector}/clone</c>).</summary>
    public virtual Task<MembraneAction> CloneAsync(ActionSelector selector, CancellationToken cancellationToken = default) =>
        transport.SendAsync(selector.Narrow(ApiRequest.Post(Path, selector.IdOrKey, "clone")), ActionReader.One, cancellationToken);

    /// <summary>
    /// Makes a version of an action that belongs to a connection and is used there in its place, because it has the same key
    /// (<c>GET /actions/{selector}</c>, <c>POST /actions</c>). An action that belongs to the connection already is copied beside itself.
    /// </summary>
    /// <param name="selector">The action, and where it is looked up.</param>
    /// <param name="connectionId">The connection that gets it.</param>
    /// <param name="cancellationToken">Ends the call; the version may have been made anyway.</param>
    public virtual async Task<MembraneAction> CopyToConnectionAsync(
        ActionSelector selector,
        string connectionId,
        CancellationToken cancellationToken = default
    )
    {
        var source = await GetAsync(selector, cancellationToken).ConfigureAwait(false);
        return source.ConnectionId == connectionId
            ? await CloneAsync(selector, cancellationToken).ConfigureAwait(false)
            : await CreateAsync(
                    new ActionContent
                    {
                        Key = source.Key,
                        Name = source.Name,
                        Description = source.Description,
                        Type = source.Type,
                        Config = source.Config,
                        InputSchema = source.InputSchema,
                        OutputMapping = source.OutputMapping,
                        CustomOutputSchema = source.CustomOutputSchema,
                        Meta = source.Meta,
                        ParentId = source.ConnectionId is null ? source.Id : null,
                        ConnectionId = connectionId,
                    },
                    cancellationToken
                )
                .ConfigureAwait(false);
    }

    /// <summary>Runs an action (<c>POST /actions/{selector}/run</c>).</summary>
    /// <param name="selector">The action, and the connection to run it on.</param>
    /// <param name="input">
    /// The input; null for none. Anything that System.Text.Json can write: dictionaries, anonymous types, records, objects with its
    /// attributes, JsonNode, JsonElement. Names of properties are sent as they are, and enums by name. A program without reflection
    /// (trimmed, or compiled ahead of time) passes a dictionary or a JsonElement, or the JsonTypeInfo of the type as well.
    /// </param>
    /// <param name="cancellationToken">Ends the call; the action may have been run anyway.</param>
    /// <exception cref="MembraneException">It failed; <see cref="MembraneException.Outcome"/> says what is known.</exception>
    public virtual Task<ActionRun> RunAsync(ActionSelector selector, object? input, CancellationToken cancellationToken = default) =>
        PrepareRun(selector, input).SendAsync(cancellationToken);

    /// <summary>Runs a saved action, a request to the app's API or code (<c>POST /act</c>).</summary>
    /// <param name="request">What to run.</param>
    /// <param name="cancellationToken">Ends the call; it may have been run anyway.</param>
    /// <exception cref="MembraneInputException">Not exactly one of these is given.</exception>
    /// <exception cref="MembraneException">It failed; <see cref="MembraneException.Outcome"/> says what is known.</exception>
    public virtual Task<ActionRun> ActAsync(ActRequest request, CancellationToken cancellationToken = default) =>
        PrepareAct(request).SendAsync(cancellationToken);

    /// <summary>Runs an action, and reads its output as a type (<c>POST /actions/{selector}/run</c>).</summary>
    /// <param name="selector">The action, and the connection to run it on.</param>
    /// <param name="input">The input: anything with a form in JSON; null for none.</param>
    /// <param name="outputType">How the output is read.</param>
    /// <param name="cancellationToken">Ends the call; the action may have been run anyway.</param>
    /// <exception cref="MembraneResponseException">The action has run, and its output is not of that type.</exception>
    /// <exception cref="MembraneException">It failed; <see cref="MembraneException.Outcome"/> says what is known.</exception>
    public virtual Task<TypedActionRun<TOutput>> RunAsync<TOutput>(
        ActionSelector selector,
        object? input,
        JsonTypeInfo<TOutput> outputType,
        CancellationToken cancellationToken = default
    ) => PrepareRun(selector, input).SendAsync(Reader(outputType), cancellationToken);

    /// <summary>Runs an action, with input and output of types (<c>POST /actions/{selector}/run</c>).</summary>
    /// <param name="selector">The action, and the connection to run it on.</param>
    /// <param name="input">The input.</param>
    /// <param name="inputType">How the input is written.</param>
    /// <param name="outputType">How the output is read.</param>
    /// <param name="cancellationToken">Ends the call; the action may have been run anyway.</param>
    /// <exception cref="MembraneInputException">The input cannot be written.</exception>
    /// <exception cref="MembraneResponseException">The action has run, and its output is not of that type.</exception>
    /// <exception cref="MembraneException">It failed; <see cref="MembraneException.Outcome"/> says what is known.</exception>
    public virtual Task<TypedActionRun<TOutput>> RunAsync<TInput, TOutput>(
        ActionSelector selector,
        TInput input,
        JsonTypeInfo<TInput> inputType,
        JsonTypeInfo<TOutput> outputType,
        CancellationToken cancellationToken = default
    ) => RunAsync(selector, input is null ? null : Serialize(input, inputType), outputType, cancellationToken);

    /// <summary>Runs an action, and reads its output as a type (<c>POST /actions/{selector}/run</c>).</summary>
    /// <param name="selector">The action, and the connection to run it on.</param>
    /// <param name="input">The input: anything with a form in JSON; null for none.</param>
    /// <param name="options">
    /// How the output is read and the input written. Without it, the output is read as <see cref="JsonSerializerDefaults.Web"/> says, and
    /// the input is written as it is without a type.
    /// </param>
    /// <param name="cancellationToken">Ends the call; the action may have been run anyway.</param>
    /// <exception cref="MembraneInputException">The input cannot be written.</exception>
    /// <exception cref="MembraneResponseException">The action has run, and its output is not of that type.</exception>
    /// <exception cref="MembraneException">It failed; <see cref="MembraneException.Outcome"/> says what is known.</exception>
    [RequiresDynamicCode(SerializerMessage)]
    [RequiresUnreferencedCode(SerializerMessage)]
    public virtual Task<TypedActionRun<TOutput>> RunAsync<TOutput>(
        ActionSelector selector,
        object? input,
        JsonSerializerOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        var written =
            input is null || options is null
                ? input
                : SerializedObject.Write(input.GetType(), () => JsonSerializer.SerializeToElement(input, input.GetType(), options));
        return PrepareRun(selector, written).SendAsync(Reader<TOutput>(options), cancellationToken);
    }

    /// <summary>Runs a saved action, a request to the app's API or code, and reads the output as a type (<c>POST /act</c>).</summary>
    /// <param name="request">What to run.</param>
    /// <param name="outputType">How the output is read.</param>
    /// <param name="cancellationToken">Ends the call; it may have been run anyway.</param>
    /// <exception cref="MembraneResponseException">It has run, and its output is not of that type.</exception>
    /// <exception cref="MembraneException">It failed; <see cref="MembraneException.Outcome"/> says what is known.</exception>
    public virtual Task<TypedActionRun<TOutput>> ActAsync<TOutput>(
        ActRequest request,
        JsonTypeInfo<TOutput> outputType,
        CancellationToken cancellationToken = default
    ) => PrepareAct(request).SendAsync(Reader(outputType), cancellationToken);

    /// <summary>Runs a saved action, a request to the app's API or code, and reads the output as a type (<c>POST /act</c>).</summary>
    /// <param name="request">What to run.</param>
    /// <param name="options">How the output is read; null for <see cref="JsonSerializerDefaults.Web"/>.</param>
    /// <param name="cancellationToken">Ends the call; it may have been run anyway.</param>
    /// <exception cref="MembraneResponseException">It has run, and its output is not of that type.</exception>
    /// <exception cref="MembraneException">It failed; <see cref="MembraneException.Outcome"/> says what is known.</exception>
    [RequiresDynamicCode(SerializerMessage)]
    [RequiresUnreferencedCode(SerializerMessage)]
    public virtual Task<TypedActionRun<TOutput>> ActAsync<TOutput>(
        ActRequest request,
        JsonSerializerOptions? options = null,
        CancellationToken cancellationToken = default
    ) => PrepareAct(request).SendAsync(Reader<TOutput>(options), cancellationToken);

    /// <summary>Writes the request of a run without sending it.</summary>
    /// <param name="selector">The action, and the connection to run it on.</param>
    /// <param name="input">The input: anything with a form in JSON; null for none.</param>
    /// <param name="meta">What is kept on the run log; null for nothing.</param>
    /// <exception cref="MembraneInputException">The input has no form in JSON.</exception>
    internal PreparedRun PrepareRun(ActionSelector selector, object? input, object? meta = null) =>
        new(
            transport,
            selector.IdOrKey,
            selector.ConnectionId,
            selector
                .Narrow(ApiRequest.Post(Path, selector.IdOrKey, "run"))
                .Json(writer =>
                {
                    writer.WriteStartObject();
                    writer.WriteValue("input", input, transport.Objects, "InputObject");
                    writer.WriteValue("meta", meta, transport.Objects, "Meta");
                    writer.WriteEndObject();
                })
        );

    /// <summary>Writes a request of <c>POST /act</c> without sending it.</summary>
    /// <param name="request">What to run.</param>
    /// <param name="name">What the run calls it.</param>
    /// <exception cref="MembraneInputException">Not exactly one thing is given, or the input has no form in JSON.</exception>
    internal PreparedRun PrepareAct(ActRequest request, string? name = null) =>
        new(
            transport,
            name ?? request.What,
            request.ConnectionId ?? request.ConnectionKey,
            Write(ApiRequest.Post("act"), request.ToFields())
        );

    private static object Serialize<TInput>(TInput input, JsonTypeInfo<TInput> inputType) =>
        inputType is null
            ? throw new ArgumentNullException(nameof(inputType))
            : SerializedObject.Write(typeof(TInput), () => JsonSerializer.SerializeToElement(input, inputType));

    private static Func<JsonElement, TOutput?> Reader<TOutput>(JsonTypeInfo<TOutput> outputType) =>
        outputType is null ? throw new ArgumentNullException(nameof(outputType)) : output => output.Deserialize(outputType);

    [RequiresDynamicCode(SerializerMessage)]
    [RequiresUnreferencedCode(SerializerMessage)]
    private static Func<JsonElement, TOutput?> Reader<TOutput>(JsonSerializerOptions? options) =>
        output => output.Deserialize<TOutput>(options ?? WebOptions);

    private ApiRequest Write(ApiRequest request, BodyFields fields) => request.Json(writer => fields.Write(writer, transport.Objects));
}
