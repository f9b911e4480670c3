using System;

namespace Membrane.Client.Json;

/// <summary>Stands for an object that has no form in JSON, until it is needed: the code that needs it knows the path to it.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Why">Why it cannot be written.</param>
/// <param name="Advice">What to pass in its place.</param>
/// <param name="Cause">What was thrown; null for nothing.</param>
internal sealed record UnwritableObject(Type Type, string Why, string Advice, Exception? Cause)
{
    /// <summary>The refusal of whatever holds the object.</summary>
    /// <param name="path">Where it is in the input.</param>
    /// <param name="parameterName">The parameter that the input came by.</param>
    public MembraneInputException Refuse(string path, string parameterName) =>
        new(ErrorIds.InvalidInput, parameterName, $"{path} is a {Type.FullName}, which cannot be written as JSON: {Why}.", Advice, Cause);
}
