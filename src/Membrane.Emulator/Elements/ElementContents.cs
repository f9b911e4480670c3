using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Elements;

/// <summary>What elements say, apart from who and where they are.</summary>
internal sealed class ElementContents(WorkspaceStore store)
{
    /// <summary>Members that follow from others, and that no change of the content touches.</summary>
    public static readonly IReadOnlyList<string> Derived = new[]
    {
        "appUri",
        "authType",
        "connectorId",
        "hasOperations",
        "operationsCount",
        "hasData",
        "hasMissingParameters",
    };

    /// <summary>Returns what an element says, without who and where it is.</summary>
    public static JsonObject Of(ElementKind kind, StoredElement element)
    {
        var content = EmulatorJson.Edit(element.Body);
        foreach (
            var name in content
                .Select(member => member.Key)
                .Where(name => name[0] == '_' || (ElementDrafts.Fixed.Contains(name) && name != "type"))
                .ToArray()
        )
        {
            content.Remove(name);
        }

        foreach (var derived in Derived)
        {
            // Of an app itself its address is content.
            if (derived != "appUri" || kind != ElementKinds.App)
            {
                content.Remove(derived);
            }
        }

        content.Remove("key");
        content.Remove(kind.ParentMember);
        if (kind.UniversalMember is not null)
        {
            content.Remove(kind.UniversalMember);
        }

        return content;
    }

    /// <summary>Returns what an element says, with its uuid, its key, its name, and others that it names by their uuids.</summary>
    public JsonObject Export(ElementKind kind, StoredElement element)
    {
        var export = Of(kind, element);
        export["uuid"] = element.Uuid;
        export["key"] = element.Key;
        export["name"] = element.Name;
        AddReference(export, "integrationUuid", store.Find(Collections.Integrations, element.IntegrationId));
        AddReference(export, "externalAppUuid", store.Find(Collections.ExternalApps, element.ExternalAppId));
        AddReference(export, "parentUuid", store.Find(kind.Collection, element.Text(kind.ParentMember)));
        AddReference(export, "connectorUuid", store.Find(Collections.Connectors, element.ConnectorId));
        return export;
    }

    private static void AddReference(JsonObject export, string member, StoredElement? element)
    {
        if (element?.Uuid is not null)
        {
            export[member] = element.Uuid;
        }
    }
}
