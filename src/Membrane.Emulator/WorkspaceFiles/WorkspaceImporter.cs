using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using Membrane.Client.WorkspaceFiles;
using Membrane.Emulator.Authentication;
using Membrane.Emulator.Elements;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.WorkspaceFiles;

/// <summary>One import, in one transaction: makes the elements of the workspace those of the files.</summary>
internal sealed class WorkspaceImporter(
    EmulatorClock clock,
    ElementDrafts drafts,
    StoreTransaction transaction,
    ElementFiles files,
    bool partial,
    bool force
)
{
    /// <summary>What stays as it is where a file does not mention it.</summary>
    private static readonly string[] KeptFields = { "name", "uuid", "type", "logoUri", "connectorVersion" };

    private readonly SortedDictionary<string, ImportedChange> changes = new(StringComparer.Ordinal);
    private readonly HashSet<string> touched = new(StringComparer.Ordinal);
    private readonly Dictionary<ElementKind, Dictionary<string, StoredElement>> byUuid = new();

    /// <summary>Does it, and gives what was changed, by file.</summary>
    /// <param name="elements">The files of elements.</param>
    /// <param name="sources">The source files of connectors, in base64, by the key of the connector and their names.</param>
    /// <exception cref="ApiException">It cannot be done.</exception>
    public IEnumerable<ImportedChange> Run(
        IReadOnlyList<ElementFile> elements,
        IReadOnlyDictionary<string, Dictionary<string, string>> sources
    )
    {
        RefuseRepeated(elements);
        foreach (var kind in FileKind.All)
        {
            foreach (
                var file in elements
                    .Where(one => one.Kind == kind)
                    .OrderBy(one => one.IntegrationKey is not null)
                    .ThenBy(one => one.Path, StringComparer.Ordinal)
            )
            {
                Apply(file);
            }

            if (kind.Kind == ElementKinds.Connector)
            {
                ApplySources(kind, sources);
            }
        }

        if (!partial)
        {
            foreach (var kind in FileKind.All.Reverse())
            {
                ArchiveRest(kind);
            }
        }

        return changes.Values;
    }

    private void Apply(ElementFile file)
    {
        try
        {
            var integrationId = file.IntegrationKey is null ? null : Integration(file).Id;
            var old = Find(file, integrationId);
            var desired = WithUuids(file);
            if (old is { IsArchived: false })
            {
                Change(file, old, desired);
            }
            else
            {
                Create(file, old, integrationId, desired);
            }
        }
        catch (ApiException error) when (!error.Message.StartsWith(file.Path, StringComparison.Ordinal))
        {
            throw ElementFile.Wrong(file.Path, error.Message.TrimEnd('.'));
        }
    }

    private StoredElement Integration(ElementFile file)
    {
        var integration = Named(ElementKinds.Integration, file.IntegrationKey!)
            .FirstOrDefault(one => files.Has(FileKind.OfFolder(Collections.Integrations)!, one));
        return integration is not null && (partial || touched.Contains(integration.Id))
            ? integration
            : throw ElementFile.Wrong(
                file.Path,
                $"the file of its integration is missing: {WorkspacePath.Of(Collections.Integrations, file.IntegrationKey!)}"
            );
    }

    private IEnumerable<StoredElement> Named(ElementKind kind, string key) =>
        transaction.FindByKey(kind.Collection, key).Where(one => !one.IsArchived);

    private static void RefuseRepeated(IEnumerable<ElementFile> elements)
    {
        var known = new Dictionary<(FileKind, string), string>();
        foreach (var file in elements)
        {
            if ((string?)file.Content["uuid"] is { } uuid)
            {
                if (known.TryGetValue((file.Kind, uuid), out var other))
                {
                    throw ElementFile.Wrong(file.Path, $"its uuid is also that of '{other}'");
                }

                known.Add((file.Kind, uuid), file.Path);
            }
        }
    }

    /// <summary>Returns the element that the file is of: the one with its uuid, else the one with its key in its place.</summary>
    private StoredElement? Find(ElementFile file, string? integrationId)
    {
        var kind = file.Kind.Kind;
        var named = Named(kind, file.Key)
            .FirstOrDefault(one => files.Has(file.Kind, one) && one.IntegrationId == (kind.Layered ? integrationId : one.IntegrationId));
        if ((string?)file.Content["uuid"] is not { } uuid || !Uuids(kind).TryGetValue(uuid, out var same) || same.Id == named?.Id)
        {
            return named;
        }

        if (named is not null)
        {
            throw ElementFile.Wrong(file.Path, $"its uuid is that of another {kind.DisplayName}, '{same.Key}'");
        }

        var isOurs = same.TenantId is null && same.ConnectionId is null && same.InstanceKey is null && !same.Body.Flag("isPublic");
        if (!isOurs || (kind.Layered && same.IntegrationId != integrationId))
        {
            throw ElementFile.Wrong(file.Path, $"its uuid is that of an element of the type {kind.Type} in another place");
        }

        return same;
    }

    private Dictionary<string, StoredElement> Uuids(ElementKind kind)
    {
        if (!byUuid.TryGetValue(kind, out var uuids))
        {
            byUuid.Add(kind, uuids = new Dictionary<string, StoredElement>(StringComparer.Ordinal));
            foreach (var element in transaction.All(kind.Collection).Where(one => one.Uuid is not null))
            {
                uuids[element.Uuid!] = element;
            }
        }

        return uuids;
    }

    /// <summary>Returns what the file says, with keys of other elements replaced by their uuids, as they are compared.</summary>
    private JsonObject WithUuids(ElementFile file)
    {
        var desired = (JsonObject)file.Content.DeepClone();
        desired["key"] = file.Key;
        foreach (var reference in file.Kind.References)
        {
            if ((string?)desired[reference.Key] is { } key)
            {
                desired.Remove(reference.Key);
                var named =
                    Named(reference.Kind, key).FirstOrDefault(one => one.TenantId is null && one.ConnectionId is null)
                    ?? throw ElementFinder.NotFound(reference.Kind, key);
                if ((string?)desired[reference.Uuid] is { } uuid && uuid != named.Uuid)
                {
                    throw ApiException.BadRequest($"{reference.Key} and {reference.Uuid} name two different elements.");
                }

                desired[reference.Uuid] = named.Uuid;
            }
            else if ((string?)desired[reference.Uuid] is { } uuid && Referred(reference, uuid) is null)
            {
                throw ElementFinder.NotFound(reference.Kind, uuid);
            }
        }

        foreach ((var name, var value) in Defaults(file.Kind.Kind))
        {
            if (!desired.ContainsKey(name))
            {
                desired[name] = value;
            }
        }

        return desired;
    }

    private StoredElement? Referred(FileReference reference, string uuid) =>
        Uuids(reference.Kind).TryGetValue(uuid, out var found) && found is { IsArchived: false, TenantId: null, ConnectionId: null }
            ? found
            : null;

    /// <summary>Returns what a new element has, without being told.</summary>
    private static IEnumerable<(string Name, JsonNode Value)> Defaults(ElementKind kind)
    {
        if (kind == ElementKinds.Flow)
        {
            yield return ("enabled", true);
            yield return ("nodes", new JsonObject());
        }
        else if (kind == ElementKinds.Package)
        {
            yield return ("elements", new JsonArray());
        }
        else if (kind == ElementKinds.App)
        {
            yield return ("appUri", "");
        }
    }

    private void Change(ElementFile file, StoredElement old, JsonObject desired)
    {
        touched.Add(old.Id);
        var present = files.ContentOf(file.Kind, old);
        foreach (var name in KeptFields.Concat(file.Kind.References.Select(reference => reference.Uuid)))
        {
            if (!desired.ContainsKey(name) && present[name] is { } kept)
            {
                desired[name] = kept.DeepClone();
            }
        }

        IReadOnlyList<(string, JsonNode?, JsonNode?)> differences = FieldDifferences.Between(present, desired);
        if (differences.Count == 0)
        {
            return;
        }

        Store(file, old, desired);
        changes[file.Path] = new ImportedChange("updated", file.Kind, file.Key, file.IntegrationKey, file.Path) { Fields = differences };
    }

    private void Store(ElementFile file, StoredElement old, JsonObject desired)
    {
        var kind = file.Kind.Kind;
        var body = drafts.Changed(transaction, kind, old, EmulatorJson.Freeze(desired), Principal.Manager, replace: true);
        foreach (var name in ElementContents.Derived.Append(kind.UniversalMember ?? ""))
        {
            if (!body.ContainsKey(name) && old.Body.Member(name) is { } derived)
            {
                body[name] = EmulatorJson.ToNode(derived);
            }
        }

        foreach (var reference in file.Kind.References)
        {
            if ((string?)desired[reference.Uuid] is { } uuid)
            {
                body[reference.Member] = Referred(reference, uuid)!.Id;
            }
        }

        if ((string?)desired["uuid"] is { } own)
        {
            body["uuid"] = own;
        }

        Revision.Stamp(body);
        Verify(file, Put(kind, body), desired);
    }

    private void Create(ElementFile file, StoredElement? archived, string? integrationId, JsonObject desired)
    {
        var kind = file.Kind.Kind;
        if (archived is not null)
        {
            var body = EmulatorJson.Edit(archived.Body);
            body.Remove("archivedAt");
            var restored = Put(kind, body);
            Change(file, restored, desired);
        }
        else
        {
            var request = (JsonObject)desired.DeepClone();
            if (integrationId is not null)
            {
                request["integrationId"] = integrationId;
            }

            var made = Put(kind, drafts.New(transaction, kind, EmulatorJson.Freeze(request), Principal.Manager, null));
            touched.Add(made.Id);
            Verify(file, made, desired);
        }

        changes[file.Path] = new ImportedChange("created", file.Kind, file.Key, file.IntegrationKey, file.Path);
    }

    private StoredElement Put(ElementKind kind, JsonObject body)
    {
        var element = transaction.Put(kind.Collection, body);
        Uuids(kind)[element.Uuid!] = element;
        return element;
    }

    /// <summary>Checks that the import did what the file says: nothing in it is passed over in silence.</summary>
    private void Verify(ElementFile file, StoredElement stored, JsonObject desired)
    {
        var actual = files.ContentOf(file.Kind, stored);
        foreach (var extra in actual.Select(member => member.Key).Where(name => !desired.ContainsKey(name)).ToArray())
        {
            actual.Remove(extra);
        }

        if (FieldDifferences.Between(actual, desired) is { Count: > 0 } left)
        {
            throw ElementFile.Wrong(file.Path, $"the field '{left[0].Field}' cannot be set by an import");
        }
    }

    private void ApplySources(FileKind kind, IReadOnlyDictionary<string, Dictionary<string, string>> sources)
    {
        foreach (var key in sources.Keys)
        {
            if (!Named(kind.Kind, key).Any(one => files.Has(kind, one) && (partial || touched.Contains(one.Id))))
            {
                throw ElementFile.Wrong(
                    WorkspacePath.OfSource(key, sources[key].Keys.First()),
                    $"the file of its connector is missing: {WorkspacePath.Of(kind.Folder, key)}"
                );
            }
        }

        foreach (var connector in transaction.All(kind.Kind.Collection).Where(one => files.Has(kind, one)).ToArray())
        {
            if (sources.TryGetValue(connector.Key!, out var given))
            {
                SetSources(kind, connector, given);
            }
            else if (!partial && touched.Contains(connector.Id))
            {
                SetSources(kind, connector, new Dictionary<string, string>());
            }
        }
    }

    private void SetSources(FileKind kind, StoredElement connector, Dictionary<string, string> given)
    {
        var present = ElementFiles.SourcesOf(connector);
        var wanted = new Dictionary<string, string>(given, StringComparer.Ordinal);
        foreach (var kept in present.Where(one => partial && !given.ContainsKey(one.Key)))
        {
            wanted.Add(kept.Key, kept.Value);
        }

        var differing = present
            .Keys.Union(wanted.Keys)
            .Where(name => !(present.TryGetValue(name, out var old) && wanted.TryGetValue(name, out var @new) && old == @new))
            .OrderBy(name => name, StringComparer.Ordinal)
            .ToArray();
        if (differing.Length == 0)
        {
            return;
        }

        var body = EmulatorJson.Edit(connector.Body);
        body.Remove(ElementFiles.Sources);
        if (wanted.Count > 0)
        {
            body[ElementFiles.Sources] = new JsonObject(
                wanted
                    .OrderBy(one => one.Key, StringComparer.Ordinal)
                    .Select(one => new KeyValuePair<string, JsonNode?>(one.Key, one.Value))
            );
        }

        Revision.Stamp(body);
        transaction.Put(kind.Kind.Collection, body);
        var path = WorkspacePath.Of(kind.Folder, connector.Key!);
        if (!changes.TryGetValue(path, out var change))
        {
            changes[path] = change = new ImportedChange("updated", kind, connector.Key!, null, path);
        }

        if (change.Change == "updated")
        {
            change.Fields = change.Fields.Concat(differing.Select(name => (name, (JsonNode?)null, (JsonNode?)null))).ToArray();
        }
    }

    private void ArchiveRest(FileKind kind)
    {
        foreach (
            var element in transaction.All(kind.Kind.Collection).Where(one => files.Has(kind, one) && !touched.Contains(one.Id)).ToArray()
        )
        {
            var path = files.PathOf(kind, element);
            CheckMayGo(kind, element, path);
            changes[path] = new ImportedChange("archived", kind, element.Key!, files.IntegrationKeyOf(kind, element), path);
            if (kind.Kind.DeletedForGood)
            {
                transaction.Remove(kind.Kind.Collection, element.Id);
                continue;
            }

            var body = EmulatorJson.Edit(element.Body);
            body["archivedAt"] = EmulatorJson.Time(clock.Now);
            transaction.Put(kind.Kind.Collection, body);
        }
    }

    private void CheckMayGo(FileKind kind, StoredElement element, string path)
    {
        if (force || kind.Kind.Layered)
        {
            return;
        }

        var users = transaction
            .All(Collections.Connections)
            .Where(one =>
                !one.IsArchived && (one.IntegrationId == element.Id || one.ConnectorId == element.Id || one.ExternalAppId == element.Id)
            )
            .Select(one => $"{one.Name} ({one.Id})")
            .ToArray();
        if (users.Length > 0)
        {
            var more = users.Length > 5 ? $" and {users.Length - 5} more" : "";
            throw ElementFile.Wrong(
                path,
                $"the {kind.Kind.DisplayName} '{element.Key}' is in none of the files, but has connections: "
                    + $"{string.Join(", ", users.Take(5))}{more}. Import with force to archive it anyway"
            );
        }
    }
}
