using System;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Emulator.Authentication;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Elements;

/// <summary>What an integration, a connection or a tenant has of its own in place of an element that is there for all.</summary>
internal sealed class ElementInstances(ElementAccess access)
{
    /// <summary>Makes one; what the body does not say it says as its parent does.</summary>
    /// <param name="kind">The kind of both.</param>
    /// <param name="parent">What it is an instance of; null when it stands for itself.</param>
    /// <param name="content">What it says, with the place where it belongs.</param>
    /// <param name="caller">Who asks for it.</param>
    /// <param name="connection">The connection that it belongs to; null when it belongs to an integration or a tenant.</param>
    public StoredElement Make(ElementKind kind, StoredElement? parent, JsonObject content, Principal caller, StoredElement? connection) =>
        access.Store.Change(transaction => Make(transaction, kind, parent, content, caller, connection));

    /// <inheritdoc cref="Make(ElementKind, StoredElement?, JsonObject, Principal, StoredElement?)"/>
    public StoredElement Make(
        StoreTransaction transaction,
        ElementKind kind,
        StoredElement? parent,
        JsonObject content,
        Principal caller,
        StoredElement? connection
    )
    {
        if (parent is not null)
        {
            content["key"] ??= parent.Key;
            content["name"] ??= parent.Name;
            content[kind.ParentMember] = parent.Id;
            if (kind.Parent == kind)
            {
                TakeOver(parent, content);
            }
            else if (parent.Body.Member("subscribeRequest") is { } subscribe)
            {
                content["subscriptionRequest"] ??= EmulatorJson.ToNode(subscribe);
            }
        }

        return transaction.Put(kind.Collection, access.Drafts.New(transaction, kind, EmulatorJson.Freeze(content), caller, connection));
    }

    /// <summary>Changes an element.</summary>
    public StoredElement Change(ElementKind kind, StoredElement own, JsonElement changes, Principal caller, bool replace) =>
        access.Store.Change(transaction =>
        {
            var old = transaction.Find(kind.Collection, own.Id) ?? throw ElementFinder.NotFound(kind, own.Id);
            return transaction.Put(kind.Collection, access.Drafts.Changed(transaction, kind, old, changes, caller, replace));
        });

    /// <summary>Archives an element; what is archived already stays so.</summary>
    public void Archive(ElementKind kind, StoredElement own) =>
        access.Store.Change(transaction =>
        {
            var old = transaction.Find(kind.Collection, own.Id) ?? throw ElementFinder.NotFound(kind, own.Id);
            if (old.IsArchived)
            {
                return;
            }

            var body = EmulatorJson.Edit(old.Body);
            body["archivedAt"] = EmulatorJson.Time(access.Clock.Now);
            transaction.Put(kind.Collection, body);
        });

    /// <summary>Restores what the parent says; without a parent that the caller sees nothing changes.</summary>
    public StoredElement Reset(ElementKind kind, StoredElement own, Principal caller) =>
        access.Store.Change(transaction =>
        {
            var old = transaction.Find(kind.Collection, own.Id) ?? throw ElementFinder.NotFound(kind, own.Id);
            if (transaction.Find(kind.Collection, old.Text(kind.ParentMember)) is not { } parent || !caller.Sees(parent))
            {
                return old;
            }

            var content = EmulatorJson.Freeze(ElementContents.Of(kind, parent));
            var body = access.Drafts.Changed(transaction, kind, old, content, caller, replace: true);
            body["key"] = old.Key;
            body["isCustomized"] = false;
            return transaction.Put(kind.Collection, body);
        });

    /// <summary>Returns whether the element is an instance, and one of this parent.</summary>
    public static bool IsOf(ElementKind kind, StoredElement element, StoredElement parent) =>
        IsInstance(kind, element)
        && (
            element.Text(kind.ParentMember) == parent.Id
            || (kind.UniversalMember is not null && element.Text(kind.UniversalMember) == parent.Id)
            || (kind.Parent == kind && element.Key == parent.Key)
        );

    /// <summary>Returns whether the element belongs to a connection or a tenant, as instances of its kind do.</summary>
    public static bool IsInstance(ElementKind kind, StoredElement element) =>
        kind.InstancesAt switch
        {
            InstancePlace.Connection => element.ConnectionId is not null,
            InstancePlace.Tenant => element.TenantId is not null,
            _ => false,
        };

    private static void TakeOver(StoredElement parent, JsonObject content)
    {
        foreach (var member in parent.Body.EnumerateObject())
        {
            if (
                !content.ContainsKey(member.Name)
                && (member.Name == "type" || !ElementDrafts.Fixed.Contains(member.Name))
                && member.Name[0] != '_'
            )
            {
                content[member.Name] = EmulatorJson.ToNode(member.Value);
            }
        }
    }
}
