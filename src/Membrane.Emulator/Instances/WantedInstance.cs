using Membrane.Emulator.Elements;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Instances;

/// <summary>Which instance a query means.</summary>
/// <param name="Kind">The kind of the instance.</param>
/// <param name="Parent">What it is an instance of; null when the connection has the element for itself.</param>
/// <param name="Key">The name that the query has for that.</param>
/// <param name="Connection">The connection that has it; null when a tenant does.</param>
/// <param name="TenantId">The tenant that has it; null when a connection does.</param>
/// <param name="InstanceKey">Tells apart several instances in one place.</param>
internal sealed record WantedInstance(
    ElementKind Kind,
    StoredElement? Parent,
    string Key,
    StoredElement? Connection,
    string? TenantId,
    string? InstanceKey
)
{
    /// <summary>Whether the element is the one.</summary>
    public bool IsMetBy(StoredElement element) =>
        element.InstanceKey == InstanceKey
        && (Connection is null ? element.TenantId == TenantId : element.ConnectionId == Connection.Id)
        && (Parent is null ? element.Key == Key : ElementInstances.IsOf(Kind, element, Parent));
}
