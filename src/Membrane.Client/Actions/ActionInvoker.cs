using System;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Json;

namespace Membrane.Client.Actions;

/// <summary>
/// Runs one action with many inputs, or one request or code: checks each input first, and chooses between
/// <c>POST /actions/{selector}/run</c> and <c>POST /act</c>. Safe for use from several threads.
/// </summary>
public sealed class ActionInvoker
{
    private readonly ActionsArea actions;
    private readonly ActionCache cache;
    private readonly ActionInputChecker checker;
    private int notes;

    /// <summary>An invoker for as long as a command runs.</summary>
    /// <param name="actions">Where the actions are.</param>
    /// <param name="objects">What objects look like on this host.</param>
    public ActionInvoker(ActionsArea actions, IObjectModel objects)
    {
        this.actions = actions;
        cache = new ActionCache(actions);
        checker = new ActionInputChecker(cache, objects);
    }

    /// <summary>Whether inputs are left to the service to check.</summary>
    public bool SkipsInputCheck { get; init; }

    /// <summary>Whether saved actions are run by <c>POST /act</c> too.</summary>
    public bool UsesAct { get; init; }

    /// <summary>What is kept on the run log; null for nothing.</summary>
    public object? Meta { get; init; }

    /// <summary>Told once why inputs are not checked, if they are not. May be called on any thread.</summary>
    public Action<string>? Note { get; init; }

    /// <summary>Runs a saved action.</summary>
    /// <param name="selector">The action, and the connection to run it on.</param>
    /// <param name="action">The action itself, where it is at hand; that saves a request.</param>
    /// <param name="input">The input: anything with a form in JSON; null for none.</param>
    /// <param name="cancellationToken">Ends the call; the action may have been run all the same.</param>
    /// <exception cref="MembraneActionInputException">The input does not fit; the action was not run.</exception>
    /// <exception cref="MembraneException">It failed; <see cref="MembraneException.Outcome"/> says what is known.</exception>
    public async Task<ActionRun> RunAsync(ActionSelector selector, Action? action, object? input, CancellationToken cancellationToken = default)
    {
        if (!SkipsInputCheck)
        {
            ActionInputCheck check = await checker.CheckAsync(selector, action, input, cancellationToken).ConfigureAwait(false);
            check.ThrowIfInvalid(action?.Name ?? selector.IdOrKey);
            if (check.NotCheckedBecause is { } reason && Interlocked.Exchange(ref notes, 1) == 0)
            {
                Note?.Invoke(reason);
            }
        }

        if (!UsesAct)
        {
            return await actions.RunAsync(selector, input, Meta, cancellationToken).ConfigureAwait(false);
        }

        // The body tells ids from keys, so a name has to be looked up; what the service does not show is taken for a key.
        string? id = action?.Id ?? (await cache.FindAsync(selector, cancellationToken).ConfigureAwait(false))?.Id;
        ActionRun run = await actions.ActAsync(
            new ActRequest
            {
                Id = id,
                Key = id is null ? selector.IdOrKey : null,
                ConnectionId = selector.ConnectionId,
                IntegrationKey = selector.IntegrationKey,
                Input = input,
                Meta = Meta,
            },
            cancellationToken).ConfigureAwait(false);
        run.ActionId = selector.IdOrKey;
        return run;
    }

    /// <summary>Runs a request to the app's API, or code (<c>POST /act</c>). Of these nothing is known to check an input against.</summary>
    /// <param name="request">What to run; it has its own meta.</param>
    /// <param name="cancellationToken">Ends the call; it may have been run all the same.</param>
    /// <exception cref="MembraneException">It failed; <see cref="MembraneException.Outcome"/> says what is known.</exception>
    public Task<ActionRun> RunAsync(ActRequest request, CancellationToken cancellationToken = default) => actions.ActAsync(request, cancellationToken);
}
