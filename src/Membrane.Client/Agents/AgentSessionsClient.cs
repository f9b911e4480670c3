using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Agents;
using Membrane.Client.Json;
using Membrane.Client.Paging;
using Membrane.Client.Transport;
using Membrane.Client.Waiting;

namespace Membrane.Client;

/// <summary>Agent sessions: what does not exist yet is built by Membrane Agent.</summary>
public class AgentSessionsClient
{
    private readonly ApiTransport transport;

    /// <summary>Makes a client that sends nothing, for a test to derive from.</summary>
    protected AgentSessionsClient() => transport = null!;

    internal AgentSessionsClient(ApiTransport transport) => this.transport = transport;

    /// <summary>Whether the agent has done what it was asked for so far, or will not go on.</summary>
    public static bool IsAtRest(AgentSession session) =>
        Is(session.State, "idle") || Is(session.Status, "completed") || Is(session.Status, "failed") || Is(session.Status, "cancelled");

    /// <summary>Lists sessions (<c>GET /agent/sessions</c>).</summary>
    public virtual Listing<AgentSession> List(AgentSessionFilter? filter = null, ListingOptions? options = null) =>
        transport.List(
            () =>
                ApiRequest
                    .Get("agent", "sessions")
                    .Query("status", filter?.Status)
                    .Query("workspaceElementType", filter?.WorkspaceElementType?.ToLowerInvariant())
                    .Query("workspaceElementId", filter?.WorkspaceElementId)
                    .Query("startDatetime", filter?.From)
                    .Query("endDatetime", filter?.To),
            AgentSessionReader.Page,
            options
        );

    /// <summary>Starts a session (<c>POST /agent/sessions</c>).</summary>
    /// <exception cref="MembraneInputException">The prompt is empty.</exception>
    public virtual Task<AgentSession> CreateAsync(NewAgentSession session, CancellationToken cancellationToken = default) =>
        transport.SendAsync(
            Write(
                ApiRequest.Post("agent", "sessions"),
                new BodyFields()
                    .Add("prompt", RequireText(session.Prompt, nameof(session.Prompt)))
                    .Add("agentName", session.AgentName)
                    .Add("modelId", session.ModelId)
                    .Add("workspaceElementType", session.WorkspaceElementType)
                    .Add("workspaceElementId", session.WorkspaceElementId)
                    .Add("testCustomerId", session.TestCustomerId)
                    .Add("promptAttachments", ToMembers(session.Attachments))
            ),
            AgentSessionReader.One,
            cancellationToken
        );

    /// <summary>Gets a session (<c>GET /agent/sessions/{id}</c>).</summary>
    public virtual Task<AgentSession> GetAsync(string id, CancellationToken cancellationToken = default) =>
        transport.SendAsync(Session(ApiRequest.Get, id), AgentSessionReader.One, cancellationToken);

    /// <summary>Waits until the agent is at rest (<c>GET /agent/sessions/{id}?wait=true</c>).</summary>
    /// <exception cref="MembraneTimeoutException">Time is up and the agent still busy.</exception>
    public virtual Task<AgentSession> WaitAsync(
        string id,
        WaitOptions<AgentSession>? options = null,
        CancellationToken cancellationToken = default
    ) =>
        Waiter.ForAnswerAsync(
            (seconds, token) => transport.SendAsync(Session(ApiRequest.Get, id).Wait(seconds), AgentSessionReader.One, token),
            IsAtRest,
            options ?? new WaitOptions<AgentSession>(),
            cancellationToken
        );

    /// <summary>
    /// Sends a message: resumes a session at rest, or adds to what a busy one does (<c>POST /agent/sessions/{id}/message</c>).
    /// </summary>
    /// <exception cref="MembraneInputException">The message is empty.</exception>
    public virtual Task<AgentSession> SendMessageAsync(string id, string message, CancellationToken cancellationToken = default) =>
        SendMessageAsync(id, message, [], cancellationToken);

    /// <summary>Sends a message with attachments (<c>POST /agent/sessions/{id}/message</c>).</summary>
    /// <exception cref="MembraneInputException">The message is empty.</exception>
    public virtual Task<AgentSession> SendMessageAsync(
        string id,
        string message,
        IReadOnlyList<AgentAttachment> attachments,
        CancellationToken cancellationToken = default
    ) =>
        transport.SendAsync(
            Write(
                Session(ApiRequest.Post, id, "message"),
                new BodyFields().Add("input", RequireText(message, "Message")).Add("attachments", ToMembers(attachments))
            ),
            AgentSessionReader.One,
            cancellationToken
        );

    /// <summary>
    /// Lists the messages of a session (<c>GET /agent/sessions/{id}/messages</c>). The vendor's command line has such a command;
    /// the path behind it is assumed, not documented.
    /// </summary>
    public virtual Listing<AgentMessage> ListMessages(string id, ListingOptions? options = null)
    {
        var checkedId = Selector.Check(id, "AgentSession");
        return transport.List(() => ApiRequest.Get("agent", "sessions", checkedId, "messages"), AgentMessageReader.Page, options);
    }

    /// <summary>Interrupts what the agent does now; the session goes on (<c>POST /agent/sessions/{id}/interrupt</c>).</summary>
    public virtual async Task<AgentSessionInterruption> InterruptAsync(string id, CancellationToken cancellationToken = default)
    {
        var request = Session(ApiRequest.Post, id, "interrupt").Repeatable();
        var answer = await transport.SendAsync(request, AgentSessionReader.Interruption, cancellationToken).ConfigureAwait(false);
        answer.SessionId = id;
        return answer;
    }

    /// <summary>Ends a session (<c>PATCH /agent/sessions/{id}/stop</c>).</summary>
    public virtual Task<AgentSession> StopAsync(string id, CancellationToken cancellationToken = default) =>
        transport.SendAsync(Session(ApiRequest.Patch, id, "stop").Repeatable(), AgentSessionReader.One, cancellationToken);

    private static ApiRequest Session(Func<string[], ApiRequest> make, string id, params string[] more) =>
        make(["agent", "sessions", Selector.Check(id, "AgentSession"), .. more]);

    private static object[]? ToMembers(IReadOnlyList<AgentAttachment> attachments) =>
        attachments.Count == 0
            ? null
            : attachments
                .Select(static attachment =>
                    (object)new Dictionary<string, object?> { ["title"] = attachment.Title, ["data"] = attachment.Data }
                )
                .ToArray();

    private ApiRequest Write(ApiRequest request, BodyFields fields) => request.Json(writer => fields.Write(writer, transport.Objects));

    private static string RequireText(string? text, string parameterName) =>
        string.IsNullOrWhiteSpace(text)
            ? throw new MembraneInputException(
                ErrorIds.InvalidInput,
                parameterName,
                $"The value of {parameterName} is empty.",
                "Say what the agent should do."
            )
            : LenientJsonText.Check(text!, parameterName);

    private static bool Is(string? value, string expected) => string.Equals(value, expected, StringComparison.OrdinalIgnoreCase);
}
