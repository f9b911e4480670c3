using System.Management.Automation;
using Membrane.Client;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Elements;
using Membrane.PowerShell.Tenants;

namespace Membrane.PowerShell.Agents;

/// <summary>Asks Membrane Agent to build what does not exist yet: a connector, an action and others (POST /agent/sessions).</summary>
[Cmdlet(VerbsCommon.New, "MembraneAgentSession", SupportsShouldProcess = true, HelpUri = OnlineHelp.Pages + "New-MembraneAgentSession.md")]
[OutputType(typeof(AgentSession))]
public sealed class NewMembraneAgentSessionCommand : MembraneWaitCommand
{
    /// <summary>
    /// What the agent should do. When it is to build an action, name the connection by its id; when a connector, the app and its address.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("Message")]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Prompt { get; set; }

    /// <summary>The agent, such as action-building or connection-building. Without it, the service chooses.</summary>
    [Parameter]
    [Alias("AgentName")]
    [ArgumentCompleter(typeof(AgentNameCompleter))]
    [RefuseNothing]
    public string? Agent { get; set; }

    /// <summary>The model, such as anthropic/claude-sonnet-4.6. Without it, the service chooses.</summary>
    [Parameter]
    [Alias("ModelId")]
    [ArgumentCompleter(typeof(AgentModelCompleter))]
    [RefuseNothing]
    public string? Model { get; set; }

    /// <summary>
    /// What the agent is given along with the task: paths of files or files (text as it is, others in base64), hashtables with title and
    /// data, or any objects.
    /// </summary>
    [Parameter]
    public PSObject[]? Attachment { get; set; }

    /// <summary>The type of the element to work on, such as action.</summary>
    [Parameter]
    [Alias("WorkspaceElementType")]
    [ArgumentCompleter(typeof(ElementTypeCompleter))]
    [ValidatePattern("^[A-Za-z]+(-[A-Za-z]+)*$")]
    public string? ElementType { get; set; }

    /// <summary>The id of the element to work on.</summary>
    [Parameter]
    [Alias("WorkspaceElementId")]
    [RefuseNothing]
    [ArgumentCompleter(typeof(ElementIdCompleter))]
    public string? ElementId { get; set; }

    /// <summary>The id of a tenant to test with.</summary>
    [Parameter]
    [RefuseNothing]
    [ArgumentCompleter(typeof(TenantIdCompleter))]
    public string? TestCustomerId { get; set; }

    /// <summary>Wait until the agent has done it, showing its state meanwhile.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => Prompt;

    /// <inheritdoc/>
    protected override void Process()
    {
        var session = new NewAgentSession
        {
            Prompt = Prompt!,
            AgentName = Agent,
            ModelId = Model,
            Attachments = AttachmentReader.Read(Attachment, this.ResolveAttachment),
            WorkspaceElementType = ElementType?.ToLowerInvariant(),
            WorkspaceElementId = ElementId,
            TestCustomerId = TestCustomerId,
        };
        if (!ShouldProcess(Prompt, "Start an agent session"))
        {
            return;
        }

        var started = Await(token => Client.AgentSessions.CreateAsync(session, token));
        if (Wait)
        {
            this.WaitForAgent(started.Id!);
        }
        else
        {
            WriteObject(started);
        }
    }
}
