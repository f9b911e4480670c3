using System;

namespace Membrane.Client.Json;

/// <summary>
/// Stands for the value of a property that cannot be read, until it is needed: the code that needs it knows the path to it.
/// </summary>
/// <param name="Owner">What has the property.</param>
/// <param name="Cause">Why it cannot be read.</param>
internal sealed record UnreadableValue(string Owner, Exception Cause)
{
    /// <summary>The refusal of whatever holds the value.</summary>
    /// <param name="path">Where it is in the input.</param>
    /// <param name="parameterName">The parameter that the input came by.</param>
    public MembraneInputException Refuse(string path, string parameterName) =>
        new(
            ErrorIds.InvalidInput,
            parameterName,
            $"The property {path} of the input, of a {Owner}, cannot be read: {Cause.Message}",
            "Pass only the members that the app needs, for example with Select-Object.",
            Cause
        );
}
