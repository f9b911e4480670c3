using System.Collections.Generic;
using System.Linq;

namespace Membrane.Client.Actions;

/// <summary>The result of checking an input against the schema of an action.</summary>
internal sealed class ActionInputCheck
{
    internal static readonly IReadOnlyList<ActionInputProblem> NoProblems = [];

    internal ActionInputCheck(IReadOnlyList<ActionInputProblem> problems, string? notCheckedBecause)
    {
        Problems = problems;
        NotCheckedBecause = notCheckedBecause;
    }

    /// <summary>What is wrong; empty for a valid input, and where nothing could be checked.</summary>
    public IReadOnlyList<ActionInputProblem> Problems { get; }

    /// <summary>Why nothing was checked; null where it was.</summary>
    public string? NotCheckedBecause { get; }

    /// <summary>The fields that seem misspelt, as they were written and as they were meant.</summary>
    public IReadOnlyList<(string Given, string Meant)> Meant { get; init; } = [];

    /// <summary>Refuses an input that is not valid.</summary>
    /// <param name="action">The action, for the message.</param>
    /// <exception cref="MembraneActionInputException">Something is wrong with the input.</exception>
    public void ThrowIfInvalid(string action)
    {
        if (Problems.Count > 0)
        {
            throw new MembraneActionInputException(
                ErrorIds.InvalidActionInput,
                $"The input does not match the schema of the action '{action}': {string.Join(" ", Problems)}",
                string.Concat(Meant.Select(static one => $"Did you mean '{one.Meant}' by '{one.Given}'? "))
                    + "Correct the named fields; the InputSchema of the action says what it takes.",
                Problems
            );
        }
    }
}
