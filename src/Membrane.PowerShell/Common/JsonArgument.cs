using System.Text;
using System.Text.Json;
using Membrane.Client.Json;

namespace Membrane.PowerShell.Common;

/// <summary>Arguments and values as JSON text.</summary>
internal static class JsonArgument
{
    /// <exception cref="MembraneInputException">The text is not valid JSON; the message says where.</exception>
    public static JsonElement Parse(string text, string parameterName)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            throw new MembraneInputException(
                ErrorIds.InvalidJson,
                parameterName,
                $"The value of {parameterName} cannot be used. {JsonFailure.WithoutText(exception).Message}",
                "Put the JSON between single quotes, with double quotes around names and texts inside, or pass a hashtable with "
                    + "-InputObject.",
                JsonFailure.WithoutText(exception)
            );
        }
    }

    /// <summary>Returns the value as JSON.</summary>
    /// <exception cref="MembraneInputException">It has no form in JSON.</exception>
    public static string Write(object value, string parameterName) =>
        Encoding.UTF8.GetString(JsonValueWriter.ToBytes(value, PowerShellObjectAdapter.Instance, parameterName));
}
