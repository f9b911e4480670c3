using System.Management.Automation;
using Membrane.Client.Agents;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Agents;

/// <summary>Gets agent sessions: all that fit, as a stream, or one by id (GET /agent/sessions, GET /agent/sessions/{id}).</summary>
[Cmdlet(VerbsCommon.Get, "MembraneAgentSession", DefaultParameterSetName = ListSet, SupportsPaging = true)]
[OutputType(typeof(AgentSession))]
public sealed class GetMembraneAgentSessionCommand : MembraneListCommand
{
    private const string ListSet = "List";
    private const string OneSet = "AgentSession";

    /// <summary>The session: the object or its id.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = OneSet)]
    [Alias("Id", "SessionId")]
    [ReferenceTransformation(typeof(AgentSessionReference))]
    public AgentSessionReference? AgentSession { get; set; }

    /// <summary>The status of the sessions.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateSet("queued", "starting", "running", "completed", "failed", "cancelled")]
    public string? Status { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => AgentSession?.IdOrKey;

    /// <inheritdoc/>
    protected override void Process()
    {
        if (ParameterSetName == ListSet)
        {
            Stream(options => Client.AgentSessions.List(new AgentSessionFilter { Status = Status }, options));
            return;
        }

        WriteObject(Await(token => Client.AgentSessions.GetAsync(AgentSession!.IdOrKey, token)));
    }
}
