using System;
using System.Linq;
using System.Text.Json;
using Membrane.Emulator.Apps;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Elements;

/// <summary>Elements as the API shows them: what is stored, without the emulator's own members, with what follows from it.</summary>
internal sealed class ElementView(WorkspaceStore store, Func<Uri> baseUri)
{
    /// <summary>Returns the address of a page or picture that the emulator serves.</summary>
    public string Address(string path) => baseUri().AbsoluteUri.TrimEnd('/') + path;

    /// <summary>Returns the address of the element's picture.</summary>
    public string Logo(StoredElement element) => element.Text("logoUri") is { Length: > 0 } uri ? (uri[0] == '/' ? Address(uri) : uri) : "";

    public void Write(Utf8JsonWriter writer, StoredElement element) => WriteWith(writer, element, null);

    /// <summary>Writes the element and further members.</summary>
    public void WriteWith(Utf8JsonWriter writer, StoredElement element, Action<Utf8JsonWriter>? more)
    {
        writer.WriteStartObject();
        var untold = ElementKinds.OfCollection(element.Collection)?.Untold ?? Array.Empty<string>();
        foreach (var member in element.Body.EnumerateObject())
        {
            var name = member.Name;
            if ((name.Length > 0 && name[0] == '_') || untold.Contains(name))
            {
                continue;
            }

            if (name == "credentials" && element.Collection == Collections.Connections)
            {
                continue;
            }

            if (
                name is "logoUri" or "webhookUri" or "globalWebhookUri"
                && member.Value.ValueKind == JsonValueKind.String
                && member.Value.GetString() is { Length: > 0 } uri
                && uri[0] == '/'
            )
            {
                writer.WriteString(name, Address(uri));
            }
            else
            {
                member.WriteTo(writer);
            }
        }

        WriteDerived(writer, element);
        more?.Invoke(writer);
        writer.WriteEndObject();
    }

    /// <summary>Returns the address of the page on which a person answers a connection request.</summary>
    public string RequestAddress(string requestId) =>
        Address("/screens/connections?connectionRequestId=" + Uri.EscapeDataString(requestId));

    private void WriteDerived(Utf8JsonWriter writer, StoredElement element)
    {
        switch (element.Collection)
        {
            case Collections.Actions:
                if (!element.Body.TryGetProperty("inputSchema", out _))
                {
                    WriteSchema(writer, "inputSchema", ActionSchemas.Input(element.Plan));
                }

                if (!element.Body.TryGetProperty("outputSchema", out _))
                {
                    WriteSchema(
                        writer,
                        "outputSchema",
                        element.Body.TryGetProperty("customOutputSchema", out var custom) ? custom : ActionSchemas.Output(element.Plan)
                    );
                }

                break;
            case Collections.Connections:
                WriteConnection(writer, element);
                break;
            case Collections.ConnectionRequests:
                writer.WriteString("url", RequestAddress(element.Id));
                break;
        }
    }

    private void WriteConnection(Utf8JsonWriter writer, StoredElement element)
    {
        var connected = element.Body.TryGetProperty("connected", out var value) && value.ValueKind == JsonValueKind.True;
        writer.WriteBoolean("disconnected", !connected);
        if (element.IntegrationId is not null && store.Find(Collections.Integrations, element.IntegrationId)?.Key is { } integrationKey)
        {
            writer.WriteString("integrationKey", integrationKey);
        }

        if (element.State == ElementState.ClientActionRequired && element.OpenRequestId is { } requestId)
        {
            writer.WriteStartObject("clientAction");
            writer.WriteString("type", "connect");
            writer.WriteString("description", $"Open the page and let {element.Name} be connected.");
            writer.WriteString("uiUrl", RequestAddress(requestId));
            writer.WriteString("agentInstructions", "Ask the person to open uiUrl, then poll the connection until its state is READY.");
            writer.WriteEndObject();
        }
    }

    private static void WriteSchema(Utf8JsonWriter writer, string name, JsonElement schema)
    {
        writer.WritePropertyName(name);
        schema.WriteTo(writer);
    }
}
