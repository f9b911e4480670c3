using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Threading;
using System.Threading.Tasks;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Sessions;

namespace Membrane.PowerShell.Commands;

/// <summary>
/// Completes a parameter with what the service has. After two seconds it offers what has been read by then, and it is silent when there is
/// no answer.
/// </summary>
public abstract class LiveCompleter : IArgumentCompleter
{
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
        if (Find(fakeBoundParameters)?.Session is not MembraneSession session)
        {
            return [];
        }

        var typed = CompletionText.Read(wordToComplete);
        var request = new CompletionRequest(session.Client, typed, fakeBoundParameters);
        Within(Budget, token => ReadAsync(request, token));
        return CompletionText
            .Matching(request.Words, typed)
            .Select(static word => word.ToResult(CompletionText.Argument(word.Value)))
            .ToArray();
    }

    /// <summary>Does some work for as long as a person waits for Tab. How it ends is not told: there is no one to tell.</summary>
    internal static void Within(TimeSpan budget, Func<CancellationToken, Task> work)
    {
        var timer = new CancellationTokenSource(budget);
        // Work that does not heed the token is left behind.
        var reading = Task.Run(() => work(timer.Token), timer.Token);
        reading.ContinueWith(
            done =>
            {
                _ = done.Exception;
                timer.Dispose();
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
        Task.WhenAny(reading, Task.Delay(budget)).GetAwaiter().GetResult();
    }

    /// <summary>Adds the words to choose from to the request.</summary>
    /// <param name="request">What was typed.</param>
    /// <param name="cancellationToken">Cancelled when time is up.</param>
    internal Task AddWordsAsync(CompletionRequest request, CancellationToken cancellationToken) => ReadAsync(request, cancellationToken);

    /// <inheritdoc cref="AddWordsAsync"/>
    private protected abstract Task ReadAsync(CompletionRequest request, CancellationToken cancellationToken);

    /// <summary>Returns the context that the command line names; null where there is none.</summary>
    internal static MembraneContext? Find(IDictionary boundParameters)
    {
        var given = boundParameters.Contains("Context") ? boundParameters["Context"] : null;
        var value = Bare.Value(given);
        return value as MembraneContext ?? (value is string name ? RunspaceState.Current.Find(name) : RunspaceState.Current.DefaultContext);
    }
}
