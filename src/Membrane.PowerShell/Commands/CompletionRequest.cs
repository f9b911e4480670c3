using System.Collections;
using System.Collections.Generic;
using Membrane.Client;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Commands;

/// <summary>What Tab asks of the service, and what has been found so far.</summary>
/// <param name="client">The client of the context that the command line names.</param>
/// <param name="typed">What was typed of the value, without quotes.</param>
/// <param name="bound">The parameters that are on the command line already.</param>
internal sealed class CompletionRequest(MembraneClient client, string typed, IDictionary bound)
{
    private readonly List<CompletionWord> words = [];

    public MembraneClient Client { get; } = client;

    public string Typed { get; } = typed;

    /// <summary>Whether much of the list is wanted, not what begins with what was typed.</summary>
    public bool IsOfAll { get; init; }

    /// <summary>The words so far, from any thread.</summary>
    public IReadOnlyCollection<CompletionWord> Words
    {
        get
        {
            lock (words)
            {
                return words.ToArray();
            }
        }
    }

    /// <summary>Returns the value of another parameter; null where the line has none.</summary>
    public object? Find(string parameterName) => bound.Contains(parameterName) ? bound[parameterName] : null;

    /// <summary>Puts words in the place of those so far.</summary>
    public void Replace(IEnumerable<CompletionWord> better)
    {
        lock (words)
        {
            words.Clear();
            foreach (var word in better)
            {
                Add(word);
            }
        }
    }

    /// <summary>Adds a word; one without a value or with a value that is there is left out.</summary>
    public void Add(CompletionWord? word)
    {
        lock (words)
        {
            if (word is { Value.Length: > 0 } && !words.Exists(other => other.Value == word.Value))
            {
                words.Add(word);
            }
        }
    }
}
