using System;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Json;

namespace Membrane.Client.Actions;

/// <summary>
/// Runs an action for many inputs: prepares the requests, checks the inputs against the schema of the action, keeps a checkpoint file and
/// follows the pages of the output. How many inputs are run at a time is up to the caller.
/// </summary>
internal sealed class ActionRunner : IDisposable
{
    private readonly ActionsClient actions;
    private readonly IObjectAdapter objects;
    private readonly ActionRunOptions options;
    private readonly ActionCache cache;
    private readonly ActionInputChecker checker;
    private ActionCheckpoint? checkpoint;

    /// <summary>Makes a runner. No request is sent.</summary>
    /// <param name="actions">The client, whose requests share the rate limiter of the batch.</param>
    /// <param name="objects">What objects look like on this host.</param>
    /// <param name="options">How the inputs are run.</param>
    public ActionRunner(ActionsClient actions, IObjectAdapter objects, ActionRunOptions options)
    {
        this.actions = actions;
        this.objects = objects;
        this.options = options;
        cache = new ActionCache(actions);
        checker = new ActionInputChecker(cache, objects) { Note = options.NotChecked, Warn = options.Warn };
    }

    /// <summary>Gets the action, once for all inputs; null where the service does not show it.</summary>
    public Task<MembraneAction?> FindAsync(ActionSelector selector, CancellationToken cancellationToken) =>
        cache.FindAsync(selector, cancellationToken);

    /// <summary>Returns what is run for an input. Only <c>POST /act</c> needs a request for it: it tells ids from keys.</summary>
    /// <param name="selector">The action; null for a request to the app's API or code.</param>
    /// <param name="known">The action itself, where it is at hand.</param>
    /// <param name="connectionId">The connection; null for the default one.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<ActionTarget> ResolveAsync(
        ActionSelector? selector,
        MembraneAction? known,
        string? connectionId,
        CancellationToken cancellationToken
    )
    {
        var id =
            selector is null || !options.UsesAct
                ? null
                : known?.Id ?? (await cache.FindAsync(selector, cancellationToken).ConfigureAwait(false))?.Id;
        return new ActionTarget(selector, known, id, connectionId);
    }

    /// <summary>Writes the request for an input, on the calling thread: properties of the input may be script.</summary>
    /// <param name="target">What is run.</param>
    /// <param name="input">The input.</param>
    /// <param name="source">What errors name: the input as the caller gave it.</param>
    /// <exception cref="MembraneInputException">The input has no form in JSON.</exception>
    public ActionItem Prepare(ActionTarget target, object? input, object? source) =>
        options.CursorInput is null || target.Selector is null
            ? new ActionItem(target, PrepareRun(target, input), source)
            : Prepare(new ActionPage(target, input, source));

    /// <summary>Writes the request for a page, on the calling thread.</summary>
    public ActionItem Prepare(ActionPage page) =>
        new(page.Target, PrepareRun(page.Target, page.Input(options.CursorInput!, objects)), page.Source, page);

    /// <summary>Opens the checkpoint for the first input, where there is one, and reads those of other runs.</summary>
    /// <exception cref="MembraneException">One of them is damaged, in use, or of another batch.</exception>
    public async Task OpenCheckpointAsync(ActionTarget target, CancellationToken cancellationToken)
    {
        if (checkpoint is null && options.Checkpoint is { } place && target.Selector is { } selector)
        {
            var owner = await options.FindOwner!(cancellationToken).ConfigureAwait(false);
            checkpoint = await ActionCheckpoint
                .OpenAsync(
                    place,
                    options.PriorCheckpoints,
                    new CheckpointPurpose(selector, options.CheckpointKey, owner),
                    options.Warn,
                    cancellationToken
                )
                .ConfigureAwait(false);
            if (checkpoint.Warning is { } warning)
            {
                options.Warn(warning);
            }
        }
    }

    /// <summary>Decides by the checkpoint file what is done with an item.</summary>
    /// <exception cref="MembraneInputException">The input lacks the property that tells inputs apart.</exception>
    public CheckpointDecision Decide(ActionItem item)
    {
        if (checkpoint is null || item.Target.Selector is null)
        {
            return CheckpointDecision.Run;
        }

        item.Entry = checkpoint.Take(item, objects);
        return item.Entry.Decide(options.ResumeFailed, options.RetryUnknown);
    }

    /// <summary>Checks the input of an item and runs it, on any thread.</summary>
    /// <exception cref="MembraneActionInputException">The input does not match the schema of the action; it was not sent.</exception>
    /// <exception cref="MembraneException">It failed; <see cref="MembraneException.Outcome"/> says what is known.</exception>
    public async Task<FinishedRun> RunAsync(ActionItem item, CancellationToken cancellationToken)
    {
        if (!options.SkipsCheck && item.Target.Selector is { } selector)
        {
            await checker.RequireAsync(selector, item.Target.Known, item.Run, cancellationToken).ConfigureAwait(false);
        }

        var run = item.Entry is { } entry
            ? await entry.RunAsync(item.Run, options.Warn, cancellationToken).ConfigureAwait(false)
            : await item.Run.SendAsync(cancellationToken).ConfigureAwait(false);
        return new FinishedRun(item, run);
    }

    /// <summary>Finds the page after a finished run; null where there is none.</summary>
    public ActionPage? FindNextPage(FinishedRun finished) =>
        finished.Item.Page?.Next(finished.Run.Output, options.CursorProperty!, objects);

    /// <summary>Closes the checkpoint after the last input.</summary>
    public Task CloseAsync() => checkpoint is null ? Task.CompletedTask : Task.Run(checkpoint.Dispose);

    /// <summary>Closes the checkpoint.</summary>
    public void Dispose() => checkpoint?.Dispose();

    private PreparedRun PrepareRun(ActionTarget target, object? input)
    {
        var selector = target.Selector;
        var run =
            selector is null || options.UsesAct
                ? actions.PrepareAct(
                    new ActRequest
                    {
                        Id = target.Id,
                        // What the service does not show is taken for a key.
                        Key = target.Id is null ? selector?.IdOrKey : null,
                        Api = options.Api,
                        Code = options.Code,
                        ConnectionId = target.ConnectionId,
                        IntegrationKey = options.IntegrationKey,
                        Input = input,
                        Meta = options.Meta,
                    },
                    selector?.IdOrKey
                )
                : actions.PrepareRun(selector, input, options.Meta);
        if (options.RetryUnknown)
        {
            run.MayRepeat();
        }

        return run;
    }
}
