using System.Management.Automation;
using Membrane.Client;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Sessions;

namespace Membrane.PowerShell.Workspaces;

/// <summary>
/// Gets the workspaces of the person who is signed in (GET /org-workspaces), or one of them by key or id. Needs an account:
/// an account token (pat-…) or a sign-in with -Scope PlatformUser; also where a workspace was chosen with it.
/// </summary>
[Cmdlet(
    VerbsCommon.Get,
    "MembraneWorkspace",
    DefaultParameterSetName = ListSet,
    SupportsPaging = true,
    HelpUri = OnlineHelp.Pages + "Get-MembraneWorkspace.md"
)]
[OutputType(typeof(Workspace))]
public sealed class GetMembraneWorkspaceCommand : MembraneListCommand
{
    private const string OneSet = "Workspace";

    /// <summary>The keys or ids of workspaces.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = OneSet)]
    [Alias("Id", "Key", "WorkspaceKey")]
    [ArgumentCompleter(typeof(WorkspaceCompleter))]
    [RefuseNothing]
    public string[]? Workspace { get; set; }

    /// <summary>The name of the workspaces; wildcards are allowed. It is compared here, after the service's own filters.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [SupportsWildcards]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Name { get; set; }

    /// <summary>Text in the name or key, found by the service.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Search { get; set; }

    /// <summary>The id of an organization.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? OrgId { get; set; }

    private MembraneClient Account => MembraneSession.Of(Context).Account?.WithObserver(CommandObserver.Instance) ?? Client;

    private protected override void List()
    {
        var account = Account;
        Stream(
            options => account.Workspaces.List(Search, OrgId, options),
            NamePattern.Read(Name, nameof(Name)),
            static workspace => workspace.Name
        );
    }

    private protected override void GetNamed() =>
        ForEach(Workspace!, keyOrId => WriteObject(Await(token => Account.Workspaces.FindAsync(keyOrId, token))));
}
