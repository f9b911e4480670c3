using System.Text.Json.Nodes;
using Membrane.Emulator.Json;

namespace Membrane.Emulator.Store;

/// <summary>The opaque text that changes with every change of an element.</summary>
internal static class Revision
{
    public static string Of(string content) => IdSource.Derived("rev", content);

    /// <summary>Marks the object as it is now.</summary>
    public static void Stamp(JsonObject body)
    {
        body.Remove("revision");
        body["revision"] = Of(System.Text.Encoding.UTF8.GetString(EmulatorJson.ToBytes(body)));
    }
}
