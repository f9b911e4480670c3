using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Json;
using Membrane.Client.Schemas;
using Membrane.Client.Schemas.Reading;

namespace Membrane.Client.Actions;

/// <summary>
/// Checks inputs of actions against their schemas before anything is run. The schema of an action is read and compiled once.
/// Safe for use from several threads.
/// </summary>
/// <remarks>It lives as long as a command runs.</remarks>
/// <param name="cache">Where actions that are only named come from.</param>
/// <param name="objects">What objects look like on this host.</param>
internal sealed class ActionInputChecker(ActionCache cache, IObjectAdapter objects)
{
    private const int MaxTold = 100;

    private static readonly JsonElement NoInput = JsonDocument.Parse("{}").RootElement;

    private readonly ConcurrentDictionary<MembraneAction, (JsonSchema? Schema, string? Reason)> schemas = new();
    private readonly ConcurrentDictionary<MembraneAction, InputFieldNames> fields = new();
    private readonly ConcurrentDictionary<string, string> told = new();
    private int notes;

    /// <summary>Called once with the reason why inputs are not checked, if they are not; on any thread.</summary>
    public System.Action<string>? Note { get; init; }

    /// <summary>Called once for each field that seems misspelt, with a sentence about it; on any thread.</summary>
    public System.Action<string>? Warn { get; init; }

    /// <summary>Checks one input. Costs a request only for the first input of an action that is not known yet.</summary>
    /// <param name="selector">The action.</param>
    /// <param name="action">The action itself, where it is at hand; its schema is used then.</param>
    /// <param name="input">The input; null counts as an object without members.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="MembraneInputException">The input has no form in JSON.</exception>
    public Task<ActionInputCheck> CheckAsync(
        ActionSelector selector,
        MembraneAction? action,
        object? input,
        CancellationToken cancellationToken = default
    ) => CheckJsonAsync(selector, action, input is null ? NoInput : JsonNodes.Element(input, objects, "InputObject"), cancellationToken);

    /// <summary>Refuses a run whose input does not match the schema, before it is sent.</summary>
    /// <exception cref="MembraneActionInputException">The input does not match.</exception>
    internal async Task RequireAsync(ActionSelector selector, MembraneAction? action, PreparedRun run, CancellationToken cancellationToken)
    {
        using var body = JsonDocument.Parse(run.Body, JsonNodes.DeepEnough);
        var input = body.RootElement.TryGetProperty("input", out var given) ? given : NoInput;
        var check = await CheckJsonAsync(selector, action, input, cancellationToken).ConfigureAwait(false);
        check.ThrowIfInvalid(action?.Name ?? selector.IdOrKey);
        if (check.NotCheckedBecause is { } reason && Interlocked.Exchange(ref notes, 1) == 0)
        {
            Note?.Invoke(reason);
        }
    }

    private static ActionInputCheck NotChecked(string reason) => new(ActionInputCheck.NoProblems, reason);

    private async Task<ActionInputCheck> CheckJsonAsync(
        ActionSelector selector,
        MembraneAction? action,
        JsonElement input,
        CancellationToken cancellationToken
    )
    {
        action ??= await cache.FindAsync(selector, cancellationToken).ConfigureAwait(false);
        if (action is null)
        {
            return NotChecked($"The service does not show the action '{selector.IdOrKey}'.");
        }

        (var schema, var reason) = schemas.GetOrAdd(action, Compile);
        if (schema is null)
        {
            return NotChecked(reason!);
        }

        var violations = schema.Check(input);
        var meant = fields
            .GetOrAdd(action, one => new InputFieldNames(JsonNodes.Element(one.InputSchema, objects, "InputSchema")))
            .Find(input);
        if (violations.Count == 0)
        {
            WarnOf(action, meant);
        }

        return violations.Count == 0
            ? new ActionInputCheck(ActionInputCheck.NoProblems, null)
            : new ActionInputCheck(
                violations.Select(static one => new ActionInputProblem(one.Path, one.Pointer, one.Keyword, one.Message)).ToArray(),
                null
            )
            {
                Meant = meant,
            };
    }

    private void WarnOf(MembraneAction action, IReadOnlyList<(string Given, string Meant)> meant)
    {
        foreach ((var given, var name) in meant)
        {
            if (Warn is not null && told.Count < MaxTold && told.TryAdd(given, name))
            {
                Warn($"The action '{action.Key ?? action.Name}' has no field '{given}'. Did you mean '{name}'?");
            }
        }
    }

    private (JsonSchema? Schema, string? Reason) Compile(MembraneAction action)
    {
        if (action.InputSchema is null)
        {
            return (null, $"The action '{action}' has no schema of its input.");
        }

        try
        {
            return (JsonSchema.Parse(JsonNodes.Element(action.InputSchema, objects, "InputSchema")), null);
        }
        catch (Exception exception) when (exception is JsonSchemaException or MembraneInputException)
        {
            return (null, exception.Message);
        }
    }
}
