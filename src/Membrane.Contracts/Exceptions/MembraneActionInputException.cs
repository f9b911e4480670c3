using System.Collections.Generic;

namespace Membrane;

/// <summary>The input does not meet the schema of the action. The action was not run.</summary>
/// <remarks>Makes an error, as the client does; in a test, to see what a program does with it.</remarks>
/// <param name="errorId">The stable name of the error, one of <see cref="ErrorIds"/>.</param>
/// <param name="message">What happened.</param>
/// <param name="recommendedAction">What to do about it.</param>
/// <param name="problems">What is wrong, field by field.</param>
public sealed class MembraneActionInputException(
    string errorId,
    string message,
    string? recommendedAction,
    IReadOnlyList<ActionInputProblem> problems
) : MembraneInputException(errorId, "InputObject", message, recommendedAction)
{
    /// <summary>What is wrong, field by field.</summary>
    public IReadOnlyList<ActionInputProblem> Problems { get; } = problems;
}
