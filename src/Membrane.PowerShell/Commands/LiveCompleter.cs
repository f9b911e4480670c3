using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Sessions;

namespace Membrane.PowerShell.Commands;

/// <summary>
/// Completes a parameter with what the service lists. It gives up after two seconds, and is silent when there is no answer.
/// </summary>
public abstract class LiveCompleter : IArgumentCompleter
{
    /// <summary>How many items are asked for.</summary>
    private protected const int MaxItems = 100;

    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters
    )
    {
        var context = Find(fakeBoundParameters);
        if (context?.Session is not MembraneSession session)
        {
            return [];
        }

        try
        {
            using var timer = new CancellationTokenSource(Budget);
            var token = timer.Token;
            var words = Task.Run(() => ListAsync(session.Client, fakeBoundParameters, token), token).GetAwaiter().GetResult();
            return WordCompleter.Matches(words, wordToComplete).ToArray();
        }
        catch (Exception exception) when (exception is MembraneException or OperationCanceledException)
        {
            // Completion is a convenience: without an answer in time there is nothing to offer.
            return [];
        }
    }

    /// <summary>Returns the words to choose from, each with what it means.</summary>
    /// <param name="client">The client of the context that the command line names.</param>
    /// <param name="boundParameters">The parameters that are on the command line already.</param>
    /// <param name="cancellationToken">Cancelled when time is up.</param>
    private protected abstract Task<IReadOnlyList<(string Value, string Hint)>> ListAsync(
        MembraneClient client,
        IDictionary boundParameters,
        CancellationToken cancellationToken
    );

    private static MembraneContext? Find(IDictionary boundParameters)
    {
        var given = boundParameters.Contains("Context") ? boundParameters["Context"] : null;
        var value = Bare.Value(given);
        return value as MembraneContext ?? (value is string name ? RunspaceState.Current.Find(name) : RunspaceState.Current.DefaultContext);
    }
}
