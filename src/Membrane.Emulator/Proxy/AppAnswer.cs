using System.Text.Json.Nodes;

namespace Membrane.Emulator.Proxy;

/// <summary>What an app's own API answers.</summary>
internal sealed class AppAnswer
{
    public AppAnswer(int status, JsonNode? body)
    {
        Status = status;
        Body = body;
    }

    public int Status { get; }

    public JsonNode? Body { get; }
}
