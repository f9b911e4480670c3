using System;
using System.Management.Automation;
using Membrane.Client;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Elements;

namespace Membrane.PowerShell.Agents;

/// <summary>Gets agent sessions: all that fit, as a stream, or one by id (GET /agent/sessions, GET /agent/sessions/{id}).</summary>
[Cmdlet(
    VerbsCommon.Get,
    "MembraneAgentSession",
    DefaultParameterSetName = ListSet,
    SupportsPaging = true,
    HelpUri = OnlineHelp.Pages + "Get-MembraneAgentSession.md"
)]
[OutputType(typeof(AgentSession))]
public sealed class GetMembraneAgentSessionCommand : MembraneListCommand
{
    private const string OneSet = "AgentSession";

    /// <summary>The session: the object or its id.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = OneSet)]
    [Alias("SessionId", "AgentSessionId", "BuildingAgentSessionId", "Id")]
    [ReferenceTransformation(typeof(AgentSessionReference))]
    [ArgumentCompleter(typeof(AgentSessionCompleter))]
    public AgentSessionReference? AgentSession { get; set; }

    /// <summary>The status of the sessions.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateSet("queued", "starting", "running", "completed", "failed", "cancelled")]
    public string? Status { get; set; }

    /// <summary>The type of the element that is worked on.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("WorkspaceElementType")]
    [ArgumentCompleter(typeof(ElementTypeCompleter))]
    [ValidatePattern("^[A-Za-z]+(-[A-Za-z]+)*$")]
    public string? ElementType { get; set; }

    /// <summary>The id of the element that is worked on.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("WorkspaceElementId")]
    [RefuseNothing]
    [ArgumentCompleter(typeof(ElementIdCompleter))]
    public string? ElementId { get; set; }

    /// <summary>Only sessions that began at this time or later.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [RefuseNothing]
    [TimeTransformation]
    [ArgumentCompleter(typeof(NoCompleter))]
    public DateTimeOffset? From { get; set; }

    /// <summary>Only sessions that began up to this time.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [RefuseNothing]
    [TimeTransformation]
    [ArgumentCompleter(typeof(NoCompleter))]
    public DateTimeOffset? To { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => AgentSession?.IdOrKey;

    private protected override void List()
    {
        var filter = new AgentSessionFilter
        {
            Status = Status,
            WorkspaceElementType = ElementType,
            WorkspaceElementId = ElementId,
            From = From,
            To = To,
        };
        Stream(options => Client.AgentSessions.List(filter, options));
    }

    private protected override void GetNamed() => WriteObject(Await(token => Client.AgentSessions.GetAsync(AgentSession!.IdOrKey, token)));
}
