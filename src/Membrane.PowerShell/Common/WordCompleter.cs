using System;
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
    ) => Matches(Words, wordToComplete);

    /// <summary>Returns the words that begin with what was typed, quoted where they must be.</summary>
    internal static IEnumerable<CompletionResult> Matches(IEnumerable<(string Value, string Hint)> words, string wordToComplete)
    {
        var typed = (wordToComplete ?? string.Empty).Trim('\'', '"');
        return words
            .Where(word => word.Value.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            .Select(static word => new CompletionResult(
                Quote(word.Value),
                ShownText.OfLine(word.Value),
                CompletionResultType.ParameterValue,
                ShownText.OfLine(string.IsNullOrEmpty(word.Hint) ? word.Value : word.Hint)
            ));
    }

    // The console writes what is completed into the line: a letter that would steer it is written as its code.
    private static string Quote(string value)
    {
        if (value.All(static c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            return value;
        }

        return ShownText.OfLine(value) == value
            ? "'" + CodeGeneration.EscapeSingleQuotedStringContent(value) + "'"
            : "\"" + string.Concat(value.Select(InQuotes)) + "\"";
    }

    private static string InQuotes(char letter) =>
        letter is '$' or '`' or '"' or '\u201c' or '\u201d' or '\u201e' ? "`" + letter
        : ShownText.OfLine(letter.ToString()) == letter.ToString() || char.IsSurrogate(letter) ? letter.ToString()
        : $"$([char]{(int)letter})";
}
