using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Emulator.Json;

namespace Membrane.Emulator.Events;

/// <summary>The emulator's own fields of subscriptions to external events.</summary>
internal static class ExternalEventFields
{
    private const string SeenRecordsName = "_seenRecords";

    extension(JsonElement body)
    {
        /// <summary>Gets the records that the last pull has seen, by their ids, and when each was changed.</summary>
        public JsonObject SeenRecords => body.Member(SeenRecordsName) is { } seen ? EmulatorJson.Edit(seen) : new JsonObject();
    }

    extension(JsonObject body)
    {
        /// <inheritdoc cref="extension(JsonElement).SeenRecords"/>
        public JsonObject? SeenRecords
        {
            get => body[SeenRecordsName] as JsonObject;
            set => body[SeenRecordsName] = value;
        }
    }
}
