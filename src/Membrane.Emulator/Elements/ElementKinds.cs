using System;
using System.Collections.Generic;
using System.Linq;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Elements;

/// <summary>The kinds of elements that the emulator keeps.</summary>
internal static class ElementKinds
{
    public static ElementKind Customer { get; } = new("customer", Collections.Customers, "cus");

    public static ElementKind App { get; } = new("app", Collections.ExternalApps, "app");

    public static ElementKind Connector { get; } = new("connector", Collections.Connectors, "cnt");

    public static ElementKind Integration { get; } = new("integration", Collections.Integrations, "int");

    public static ElementKind Connection { get; } = new("connection", Collections.Connections, "con");

    public static ElementKind Action { get; } = new("action", Collections.Actions, "act") { Layered = true };

    public static ElementKind Flow { get; } = new("flow", Collections.Flows, "flw") { Layered = true };

    public static ElementKind FieldMapping { get; } = new("field-mapping", Collections.FieldMappings, "fmp") { Layered = true };

    public static ElementKind DataSource { get; } = new("data-source", Collections.DataSources, "dts") { Layered = true };

    public static ElementKind Package { get; } = new("package", Collections.Packages, "pkg") { Layered = true };

    /// <summary>The kinds that a search looks through.</summary>
    public static IReadOnlyList<ElementKind> Searchable { get; } = new[] { Connector, Integration, Connection, Action, Flow, FieldMapping, DataSource, Package, App, Customer };

    public static ElementKind? OfType(string type) => Searchable.FirstOrDefault(kind => kind.Type.Equals(type, StringComparison.OrdinalIgnoreCase));
}
