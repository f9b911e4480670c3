using System.Text.Json.Nodes;

namespace Membrane.Emulator.Apps;

/// <summary>What an app's own API answers.</summary>
internal sealed class AppAnswer(int status, JsonNode? body)
{
    public int Status { get; } = status;

    public JsonNode? Body { get; } = body;
}
