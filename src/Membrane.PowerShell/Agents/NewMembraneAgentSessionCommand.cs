using System.Management.Automation;
using Membrane.Client.Agents;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Agents;

/// <summary>Asks Membrane Agent to build what does not exist yet: a connector, an action and others (POST /agent/sessions).</summary>
[Cmdlet(VerbsCommon.New, "MembraneAgentSession", SupportsShouldProcess = true)]
[OutputType(typeof(AgentSession))]
public sealed class NewMembraneAgentSessionCommand : MembraneApiCommand
{
    /// <summary>What the agent should do. When it is to build an action, name the connection by its id; when a connector, the app and its address.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Message")]
    [ValidateNotNullOrEmpty]
    public string? Prompt { get; set; }

    /// <summary>The agent, such as action-building or connection-building. Without it, the service chooses.</summary>
    [Parameter]
    [Alias("AgentName")]
    [ArgumentCompleter(typeof(AgentNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Agent { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => Prompt;

    /// <inheritdoc/>
    protected override void Process()
    {
        if (ShouldProcess(Prompt, "Start an agent session"))
        {
            var session = new NewAgentSession { Prompt = Prompt!, AgentName = Agent };
            WriteObject(Await(token => Client.AgentSessions.CreateAsync(session, token)));
        }
    }
}
