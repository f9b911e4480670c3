using System;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Connections;
using Membrane.PowerShell.Sessions;

namespace Membrane.PowerShell.Actions;

/// <summary>
/// Completes the keys and values of <c>-InputObject @{ }</c> from the schema of the action. PowerShell asks no completer of a parameter for
/// them; the loader stands before TabExpansion2 and asks here.
/// </summary>
internal static class InputKeyCompletion
{
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(2);

    /// <summary>Returns the completion; null where the engine's own is wanted.</summary>
    /// <param name="text">The whole line.</param>
    /// <param name="cursor">Where the cursor is in it.</param>
    /// <param name="engine">The session.</param>
    public static object? Complete(string text, int cursor, EngineIntrinsics engine)
    {
        if (cursor < 0 || cursor > text.Length || text.LastIndexOf("@{", cursor, StringComparison.Ordinal) < 0)
        {
            return null;
        }

        var position = HashtablePosition.Find(text.Substring(0, cursor));
        if (position is null || InputArgument.Find(position, engine) is not { } argument)
        {
            return null;
        }

        if (LiveCompleter.Find(argument.Values)?.Session is not MembraneSession session)
        {
            return null;
        }

        var typed = position.Word is null ? string.Empty : CompletionText.Read(position.Word.Text);
        var request = new CompletionRequest(session.Client, typed, argument.Values);
        LiveCompleter.Within(Budget, token => ReadAsync(request, argument, position, token));
        var start = position.Word?.Extent.StartOffset ?? cursor;
        return request.Words.Count == 0
            ? null
            : new CommandCompletion(new Collection<CompletionResult>(Results(request, position)), -1, start, cursor - start);
    }

    private static CompletionResult[] Results(CompletionRequest request, HashtablePosition position) =>
        CompletionText
            .Matching(request.Words, request.Typed)
            .Select(word =>
                position.IsKey
                    ? word.ToResult(CompletionText.Key(word.Value), CompletionResultType.Property)
                    : word.ToResult(word.Value, CompletionResultType.ParameterValue)
            )
            .ToArray();

    private static async Task ReadAsync(
        CompletionRequest request,
        InputArgument argument,
        HashtablePosition position,
        CancellationToken cancellationToken
    )
    {
        var action = argument.Action?.Known;
        if (action is null && argument.Action is not null)
        {
            var selector = new ActionSelector(argument.Action.IdOrKey)
            {
                ConnectionId = await request.FindConnectionIdAsync(cancellationToken).ConfigureAwait(false) ?? argument.Action.ConnectionId,
                IntegrationKey = request.Find("IntegrationKey")?.ToString(),
            };
            action = await request.Client.Actions.GetAsync(selector, cancellationToken).ConfigureAwait(false);
        }

        if (action?.InputSchema is not null && InputPlace.Find(action.InputSchema, position.Path) is { } place)
        {
            foreach (var word in position.IsKey ? place.Keys(position.Keys) : place.Values())
            {
                request.Add(word);
            }
        }
    }
}
