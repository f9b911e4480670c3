using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Membrane.PowerShell.Common;

/// <summary>Completes a parameter from words that are known without a request.</summary>
public abstract class WordCompleter : IArgumentCompleter
{
    /// <summary>The words, each with what it means.</summary>
    protected abstract IEnumerable<(string Value, string Hint)> Words { get; }

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters
    )
    {
        var words = Words.Select(static word => new CompletionWord(word.Value, word.Hint)).ToArray();
        return CompletionText
            .Matching(words, CompletionText.Read(wordToComplete))
            .Select(static word => word.ToResult(CompletionText.Argument(word.Value)))
            .ToArray();
    }
}
