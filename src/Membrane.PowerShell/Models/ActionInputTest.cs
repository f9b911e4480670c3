using System.Collections.Generic;

namespace Membrane;

/// <summary>Whether an input meets the schema of an action.</summary>
public sealed class ActionInputTest
{
    internal ActionInputTest(
        string actionId,
        bool isValid,
        IReadOnlyList<ActionInputProblem> problems,
        string? notCheckedBecause,
        long inputIndex
    )
    {
        ActionId = actionId;
        IsValid = isValid;
        Problems = problems;
        NotCheckedBecause = notCheckedBecause;
        InputIndex = inputIndex;
    }

    /// <summary>The action, as it was named.</summary>
    public string ActionId { get; }

    /// <summary>Whether nothing is wrong with the input.</summary>
    public bool IsValid { get; }

    /// <summary>What is wrong with it; empty for a valid one.</summary>
    public IReadOnlyList<ActionInputProblem> Problems { get; }

    /// <summary>Why the input could not be checked: the action has no schema, or one that is refused. Empty where it was checked.</summary>
    public string? NotCheckedBecause { get; }

    /// <summary>The position of the input among the inputs of the same command, from 0.</summary>
    public long InputIndex { get; }

    /// <summary>Whether the input is valid, and what is wrong.</summary>
    public override string ToString() => IsValid ? "valid" : string.Join(" ", Problems);
}
