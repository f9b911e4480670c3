using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client;
using Membrane.Client.NativeCommands;
using Membrane.PowerShell.Actions;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Connections;

namespace Membrane.PowerShell.Apps;

/// <summary>The base of the commands that make commands of the actions of a connection.</summary>
public abstract class MembraneAppCommand : MembraneApiCommand
{
    private NamePattern[]? names;
    private NamePattern[]? actions;

    /// <summary>The connection: the object, its id, its key, or the key of an app that is connected once.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ConnectionId", "Id")]
    [ReferenceTransformation(typeof(ConnectionReference), RefusesOthers = true)]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionReference? Connection { get; set; }

    /// <summary>
    /// The app's word in the names of the commands, letters and digits: Crm makes New-CrmContact. Without it, one made of the app's key.
    /// </summary>
    [Parameter]
    [ValidatePattern("^[A-Za-z][A-Za-z0-9]{0,39}$")]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string? Prefix { get; set; }

    /// <summary>Only commands with these names; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string[]? Name { get; set; }

    /// <summary>Only actions with these keys or names; wildcards are allowed.</summary>
    [Parameter]
    [SupportsWildcards]
    [RefuseNothing]
    [ArgumentCompleter(typeof(ActionCompleter))]
    public string[]? Action { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => Connection?.IdOrKey;

    /// <inheritdoc/>
    protected override void Begin()
    {
        names = NamePattern.ReadEach(Name, nameof(Name));
        actions = NamePattern.ReadEach(Action, nameof(Action));
        base.Begin();
    }

    /// <summary>Reads the connection, its app and all its actions.</summary>
    private protected AppSource ReadApp()
    {
        var id = this.ResolveId(Connection)!;
        return Await(token => ReadAppAsync(id, token));
    }

    /// <summary>Plans the commands.</summary>
    private protected AppPlan Plan(
        AppSource app,
        CommandNaming naming,
        string module,
        string connection,
        bool usesKeys,
        IReadOnlyDictionary<string, CommandName>? known = null
    )
    {
        var planner = new AppPlanner(naming, PowerShellObjectAdapter.Instance) { UsesKeys = usesKeys };
        var plan = planner.Plan(
            module,
            app.Name ?? naming.Prefix,
            connection,
            app.Actions,
            known,
            (name, action) => Matches(names, name.Name, name.Alias) && Matches(actions, action.Key, action.Name)
        );
        return plan.Commands.Count > 0
            ? plan
            : throw new MembraneException(
                ErrorIds.NotFound,
                app.Actions.Count == 0
                    ? $"The connection '{app.Connection}' has no actions."
                    : $"None of the {app.Actions.Count} actions of '{app.Connection}' fits.",
                app.Actions.Count == 0
                    ? "Have one made with New-MembraneAction -Intent, or by New-MembraneAgentSession."
                    : "See them with Get-MembraneAction -Connection."
            );
    }

    private static bool Matches(NamePattern[]? patterns, params string?[] texts) =>
        patterns is null || patterns.Any(pattern => texts.Any(text => text is not null && pattern.IsMatch(text)));

    private async Task<AppSource> ReadAppAsync(string id, CancellationToken cancellationToken)
    {
        var connection = await Client.Connections.GetAsync(id, cancellationToken).ConfigureAwait(false);
        var integration = connection.IntegrationId is null
            ? null
            : await Client.Integrations.GetAsync(connection.IntegrationId, cancellationToken).ConfigureAwait(false);
        var actions = new List<MembraneAction>();
        await foreach (
            var action in Client
                .Actions.List(new ActionFilter { ConnectionId = id })
                .WithCancellation(cancellationToken)
                .ConfigureAwait(false)
        )
        {
            actions.Add(action);
        }

        return new AppSource(connection, integration?.Key ?? connection.Key, integration?.Name ?? connection.Name, actions);
    }
}
