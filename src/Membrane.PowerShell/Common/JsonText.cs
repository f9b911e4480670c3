using System.Text.Json;
using Membrane.Client;

namespace Membrane.PowerShell.Common;

/// <summary>JSON that a person typed.</summary>
internal static class JsonText
{
    /// <exception cref="MembraneInputException">The text is no JSON; the message says where it ends to be.</exception>
    public static JsonElement Parse(string text, string parameterName)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            throw new MembraneInputException(
                ErrorIds.InvalidJson,
                parameterName,
                $"The value of {parameterName} is no JSON (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}): {exception.Message}",
                "Put the JSON between single quotes, with double quotes around names and texts inside, or pass a hashtable with -InputObject.",
                exception);
        }
    }
}
