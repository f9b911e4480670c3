using System.Collections.Generic;
using System.Linq;
using Membrane.Client.Elements;
using static Membrane.Client.Elements.ElementAbilities;

namespace Membrane.Client;

/// <summary>All types of elements.</summary>
public static class ElementTypes
{
    private const int ShownCharacters = 50;

    // The published operations; for the instances and screens, which it lacks, those of the vendor's SDK.
    private static readonly ElementType[] Table =
    [
        new("action", "actions", All | Scope),
        new("action-instance", "action-instances", List | Change) { SingularPath = "action-instance" },
        new("action-run-log-record", "action-run-logs", Read),
        new("app", "external-apps", All & ~(Replace | Restore)),
        new("app-data-schema", "app-data-schemas", All),
        new("app-data-schema-instance", "app-data-schema-instances", List | Change) { SingularPath = "app-data-schema-instance" },
        new("app-event-log-record", "app-events", Read | ElementAbilities.Search | IncludeArchived),
        new("app-event-subscription", "app-event-subscriptions", All & ~(Create | ElementAbilities.Search)),
        new("app-event-type", "app-event-types", All),
        new("connected-product", "connected-products", All),
        new("connection", "connections", All),
        new("connector", "connectors", All & ~Restore),
        new("customer", "customers", All) { HasSecrets = true },
        new("data-link-table", "data-link-tables", All),
        new("data-link-table-instance", "data-link-table-instances", List | Change) { SingularPath = "data-link-table-instance" },
        new("data-source", "data-sources", All | Scope),
        new("data-source-instance", "data-source-instances", List | Change) { SingularPath = "data-source-instance" },
        new("external-api-log-record", "external-api-logs", Read),
        new("external-event-log-record", "external-event-log-records", Read),
        new("external-event-pull", "external-event-pulls", Read),
        new("external-event-subscription", "external-event-subscriptions", All & ~(Replace | ElementAbilities.Search)),
        new("external-event-type", "external-event-types", All | Scope),
        new("field-mapping", "field-mappings", All | Scope),
        new("field-mapping-instance", "field-mapping-instances", List | Change) { SingularPath = "field-mapping-instance" },
        new("flow", "flows", All | Scope),
        new("flow-instance", "flow-instances", List | Change) { SingularPath = "flow-instance" },
        new("flow-run", "flow-runs", Read | Create | ElementAbilities.Search),
        new("incoming-webhook-log-record", "incoming-webhooks", Read),
        new("integration", "integrations", All),
        new("package", "packages", All | Scope),
        new("screen", "screens", List | Change),
    ];

    /// <summary>The types, by name.</summary>
    public static IReadOnlyList<ElementType> Known { get; } = Table;

    /// <summary>The type of a name, in any case.</summary>
    /// <exception cref="MembraneInputException">There is no such type.</exception>
    public static ElementType Find(string? name) =>
        Table.FirstOrDefault(type => type.Is(name ?? string.Empty))
        ?? throw new MembraneInputException(
            ErrorIds.InvalidInput,
            "Type",
            $"There is no type of elements '{(name?.Length > ShownCharacters ? $"{name.Substring(0, ShownCharacters)}…" : name)}'.",
            $"The types are: {string.Join(", ", Table.Select(static type => type.Name))}."
        );

    /// <summary>The names of the types that can do something.</summary>
    internal static IEnumerable<string> That(ElementAbilities ability) =>
        Table.Where(type => type.Can(ability)).Select(static type => type.Name);
}
