using System.Linq;
using Membrane.Client.Json;

namespace Membrane.Client.Transport;

/// <summary>Checks ids and keys before they become part of a path.</summary>
internal static class Selector
{
    private const int MaxLength = 1000;

    /// <summary>The id or key, if it can be one.</summary>
    /// <exception cref="MembraneInputException">It is empty, or would lead elsewhere.</exception>
    public static string Check(string? value, string parameterName)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            throw Refuse(parameterName, "is empty");
        }

        if (value!.Length > MaxLength)
        {
            throw Refuse(parameterName, $"is longer than {MaxLength} characters");
        }

        if (value is "." or ".." || value.Any(static c => c is '/' or '\\' || char.IsControl(c)))
        {
            throw Refuse(parameterName, "contains a path separator, a dot path or a control character");
        }

        return LenientJsonText.Check(value, parameterName);
    }

    private static MembraneInputException Refuse(string parameterName, string why) =>
        new(
            ErrorIds.InvalidInput,
            parameterName,
            $"The value of {parameterName} is not an id or key: it {why}.",
            "Pass the Id or the Key of an object that the service has shown."
        );
}
