using System;
using System.Management.Automation;
using Membrane.Client;
using Membrane.Client.ActionRunLogs;
using Membrane.Client.Actions;
using Membrane.PowerShell.Actions;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Connections;
using Membrane.PowerShell.ExternalApps;
using Membrane.PowerShell.Integrations;
using Membrane.PowerShell.Tenants;

namespace Membrane.PowerShell.ActionRunLogs;

/// <summary>
/// Gets the records of runs of actions: all that fit, as a stream, or those named by id, by the run, or by the error that a run ended
/// with: $Error[0] | Get-MembraneActionRunLog (GET /action-run-logs, GET /action-run-logs/{id}, GET /action-run-logs/{id}/details).
/// </summary>
[Cmdlet(
    VerbsCommon.Get,
    "MembraneActionRunLog",
    DefaultParameterSetName = ListSet,
    SupportsPaging = true,
    HelpUri = OnlineHelp.Pages + "Get-MembraneActionRunLog.md"
)]
[OutputType(typeof(ActionRunLog))]
public sealed class GetMembraneActionRunLogCommand : MembraneListCommand
{
    private const string OneSet = "ActionRunLog";

    /// <summary>The records: objects, ids, runs, or errors of runs.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = OneSet)]
    [Alias("ActionRunId", "Id")]
    [ReferenceTransformation(typeof(ActionRunLogReference), RefusesOthers = true)]
    [ArgumentCompleter(typeof(ActionRunLogCompleter))]
    public ActionRunLogReference[]? ActionRunLog { get; set; }

    /// <summary>Get all that is kept of the run, such as the requests to the app.</summary>
    [Parameter(ParameterSetName = OneSet)]
    public SwitchParameter Details { get; set; }

    /// <summary>The action that ran: the object, its id, or its key (on the connection).</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("ActionId")]
    [ReferenceTransformation(typeof(ActionReference), RefusesOthers = true)]
    [ArgumentCompleter(typeof(ActionCompleter))]
    public ActionReference? Action { get; set; }

    /// <summary>The connection that it ran on: the object, its id, its key, or the key of an app that is connected once.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [Alias("ConnectionId")]
    [ReferenceTransformation(typeof(ConnectionReference), RefusesOthers = true)]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionReference? Connection { get; set; }

    /// <summary>The id of the integration.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [RefuseNothing]
    [ArgumentCompleter(typeof(IntegrationIdCompleter))]
    public string? IntegrationId { get; set; }

    /// <summary>The id of the external app.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [RefuseNothing]
    [ArgumentCompleter(typeof(ExternalAppIdCompleter))]
    public string? ExternalAppId { get; set; }

    /// <summary>The id of the tenant; for managers.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [RefuseNothing]
    [ArgumentCompleter(typeof(TenantIdCompleter))]
    public string? TenantId { get; set; }

    /// <summary>How the runs ended.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateSet("success", "error")]
    public string? Status { get; set; }

    /// <summary>Only runs from this time on.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [RefuseNothing]
    [TimeTransformation]
    [ArgumentCompleter(typeof(NoCompleter))]
    public DateTimeOffset? From { get; set; }

    /// <summary>Only runs up to this time.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [RefuseNothing]
    [TimeTransformation]
    [ArgumentCompleter(typeof(NoCompleter))]
    public DateTimeOffset? To { get; set; }

    /// <summary>
    /// Go on: emit each new run once, the oldest first, until Ctrl-C or until a command downstream has enough. With -From, those since then
    /// come first. The service is asked two seconds after each answer.
    /// </summary>
    [Parameter(ParameterSetName = ListSet)]
    public SwitchParameter Follow { get; set; }

    /// <inheritdoc/>
    protected override object? ErrorTarget => ActionRunLog;

    private protected override void GetNamed()
    {
        ForEach(
            ActionRunLog!,
            log =>
                WriteObject(
                    Await(token =>
                        Details
                            ? Client.ActionRunLogs.GetDetailsAsync(log.IdOrKey, token)
                            : Client.ActionRunLogs.GetAsync(log.IdOrKey, token)
                    )
                )
        );
    }

    private protected override void List()
    {
        var connectionId = this.ResolveId(Connection);
        var filter = new ActionRunLogFilter
        {
            ActionId = ActionId(connectionId),
            ConnectionId = connectionId,
            IntegrationId = IntegrationId,
            ExternalAppId = ExternalAppId,
            TenantId = TenantId,
            Status = Status,
            From = From,
            To = To,
        };
        if (Follow)
        {
            FollowNew(filter);
        }
        else
        {
            Stream(options => Client.ActionRunLogs.List(filter, options));
        }
    }

    private void FollowNew(ActionRunLogFilter filter)
    {
        if (To is not null)
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(To),
                "-To says where the list ends, and with -Follow it goes on.",
                "Leave out one of them."
            );
        }

        var follower = new RunLogFollower(Client.ActionRunLogs, filter)
        {
            OnFailure = failure => Post(() => WriteWarning($"{failure.Message} It is tried again; what comes meanwhile is emitted then.")),
        };
        var wanted = new CountedFilter<ActionRunLog>(static _ => true, PagingParameters.Skip, PagingParameters.First);
        Stream(wanted.Apply(follower.FollowAsync(StopToken), StopToken));
    }

    // The list takes ids only; text may be a key. What the service does not show may be the id of an action that is gone.
    private string? ActionId(string? connectionId) =>
        Action is null or { Source: not null }
            ? Action?.IdOrKey
            : Await(token =>
                new ActionCache(Client.Actions).FindAsync(new ActionSelector(Action.IdOrKey) { ConnectionId = connectionId }, token)
            )?.Id
                ?? Action.IdOrKey;
}
