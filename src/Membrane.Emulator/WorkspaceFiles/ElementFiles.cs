using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using Membrane.Client;
using Membrane.Client.WorkspaceFiles;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.WorkspaceFiles;

/// <summary>Which elements of the workspace are files, and what those say.</summary>
internal sealed class ElementFiles(WorkspaceStore store, ElementContents contents)
{
    /// <summary>The member of a connector that holds its source files, by name, in base64.</summary>
    public const string Sources = "_sources";

    /// <summary>Returns whether the element is the workspace's own: not universal, and not of a tenant or a connection.</summary>
    public bool Has(FileKind kind, StoredElement element)
    {
        if (
            element.IsArchived
            || element.Key is null
            || element.TenantId is not null
            || element.ConnectionId is not null
            || element.InstanceKey is not null
        )
        {
            return false;
        }

        if (kind.Kind.Layered)
        {
            return element.IntegrationId is null
                || (store.Find(Collections.Integrations, element.IntegrationId) is { IsArchived: false, TenantId: null, Key: not null });
        }

        return !element.Body.Flag("isPublic");
    }

    /// <summary>Returns the name of the element's file.</summary>
    public string PathOf(FileKind kind, StoredElement element) =>
        WorkspacePath.Of(kind.Folder, element.Key!, IntegrationKeyOf(kind, element));

    /// <summary>Returns the key of the integration that the element's file lies with.</summary>
    public string? IntegrationKeyOf(FileKind kind, StoredElement element) =>
        kind.Kind.Layered ? store.Find(Collections.Integrations, element.IntegrationId)?.Key : null;

    /// <summary>Returns what the element's file says.</summary>
    public JsonObject ContentOf(FileKind kind, StoredElement element)
    {
        var all = contents.Export(kind.Kind, element);

        // The app of what belongs to an integration is the integration's.
        var hasPlace = kind.Kind.Layered && element.IntegrationId is not null;
        var content = new JsonObject();
        foreach (var name in new[] { "key", "name", "description", "uuid" })
        {
            Move(all, content, name);
        }

        foreach (var reference in kind.References)
        {
            if (
                store.Find(reference.Kind.Collection, element.Text(reference.Member))?.Uuid is { } uuid
                && !(hasPlace && reference.Kind == ElementKinds.App)
            )
            {
                content[reference.Uuid] = uuid;
            }
        }

        foreach (var name in kind.Fields)
        {
            Move(all, content, name);
        }

        // A picture that the emulator draws.
        if (
            content["logoUri"] is JsonValue logo
            && logo.TryGetValue(out string? address)
            && address.StartsWith("/", StringComparison.Ordinal)
        )
        {
            content.Remove("logoUri");
        }

        return content;
    }

    /// <summary>Returns all files of the workspace.</summary>
    /// <param name="simplified">Whether elements are named by their keys alone, without uuids.</param>
    public WorkspaceArchive Export(bool simplified)
    {
        var archive = new WorkspaceArchive();
        foreach (var kind in FileKind.All)
        {
            foreach (var element in store.All(kind.Kind.Collection, element => Has(kind, element)))
            {
                var content = ContentOf(kind, element);
                if (simplified)
                {
                    Simplify(kind, element, content);
                }

                archive.Add(PathOf(kind, element), () => YamlText.Write(content));
                foreach (var source in SourcesOf(element))
                {
                    archive.Add(WorkspacePath.OfSource(element.Key!, source.Key), () => Convert.FromBase64String(source.Value));
                }
            }
        }

        return archive;
    }

    /// <summary>Returns the source files of a connector, in base64.</summary>
    public static IReadOnlyDictionary<string, string> SourcesOf(StoredElement element) =>
        element.Collection == Collections.Connectors && element.Body.Member(Sources) is { } sources
            ? sources.EnumerateObject().ToDictionary(source => source.Name, source => source.Value.GetString()!, StringComparer.Ordinal)
            : new Dictionary<string, string>();

    private static void Move(JsonObject from, JsonObject to, string name)
    {
        if (!to.ContainsKey(name) && from[name] is { } value)
        {
            to[name] = value.DeepClone();
        }
    }

    private void Simplify(FileKind kind, StoredElement element, JsonObject content)
    {
        content.Remove("uuid");
        foreach (var reference in kind.References.Where(one => content.ContainsKey(one.Uuid)))
        {
            content.Remove(reference.Uuid);
            content[reference.Key] = store.Find(reference.Kind.Collection, element.Text(reference.Member))!.Key;
        }
    }
}
