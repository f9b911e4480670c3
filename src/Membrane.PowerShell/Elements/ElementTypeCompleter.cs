using System.Collections.Generic;
using System.Linq;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Elements;

/// <summary>Completes the types of elements.</summary>
public sealed class ElementTypeCompleter : WordCompleter
{
    private static readonly string[] Types =
    [
        "action", "action-instance", "action-run-log-record", "app", "app-data-schema", "app-data-schema-instance", "app-event-log-record",
        "app-event-subscription", "app-event-type", "connected-product", "connection", "connector", "customer", "data-link-table",
        "data-link-table-instance", "data-source", "data-source-instance", "external-api-log-record", "external-event-log-record",
        "external-event-pull", "external-event-subscription", "external-event-type", "field-mapping", "field-mapping-instance", "flow",
        "flow-instance", "flow-run", "incoming-webhook-log-record", "integration", "package", "screen",
    ];

    /// <inheritdoc/>
    protected override IEnumerable<(string Value, string Hint)> Words => Types.Select(static type => (type, string.Empty));
}
