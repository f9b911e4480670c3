using System.Collections.Generic;

namespace Membrane;

/// <summary>The input does not meet the schema of the action. The action was not run.</summary>
public sealed class MembraneActionInputException : MembraneInputException
{
    internal MembraneActionInputException(
        string errorId,
        string message,
        string? recommendedAction,
        IReadOnlyList<ActionInputProblem> problems
    )
        : base(errorId, "InputObject", message, recommendedAction) => Problems = problems;

    /// <summary>What is wrong, field by field.</summary>
    public IReadOnlyList<ActionInputProblem> Problems { get; }
}
