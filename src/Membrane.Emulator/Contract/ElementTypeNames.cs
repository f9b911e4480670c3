using System.Collections.Generic;

namespace Membrane.Emulator.Contract;

/// <summary>The words by which the API names the kinds of workspace elements.</summary>
internal static class ElementTypeNames
{
    public static IReadOnlyList<string> All { get; } =
        new[]
        {
            "customer",
            "app",
            "connector",
            "integration",
            "flow",
            "flow-instance",
            "flow-run",
            "action",
            "package",
            "action-instance",
            "connection",
            "field-mapping",
            "field-mapping-instance",
            "data-source",
            "data-source-instance",
            "data-link-table",
            "data-link-table-instance",
            "app-event-type",
            "app-event-subscription",
            "app-event-log-record",
            "app-data-schema",
            "app-data-schema-instance",
            "external-event-subscription",
            "external-event-log-record",
            "external-event-pull",
            "external-event-type",
            "screen",
            "action-run-log-record",
            "external-api-log-record",
            "incoming-webhook-log-record",
            "connected-product",
        };
}
