using System;
using System.Collections.Generic;
using System.Linq;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Elements;

/// <summary>The kinds of elements that the emulator keeps.</summary>
internal static class ElementKinds
{
    public static ElementKind Tenant { get; } =
        new("customer", Collections.Customers, "cus", "Customer", "Customers") { AnswersBrief = true };

    public static ElementKind App { get; } = new("app", Collections.ExternalApps, "app", "App", "Apps") { DeletedForGood = true };

    public static ElementKind Connector { get; } =
        new("connector", Collections.Connectors, "cnt", "Connector", "Connectors") { DeletedForGood = true };

    public static ElementKind Integration { get; } =
        new("integration", Collections.Integrations, "int", "Integration", "Integrations") { AnswersBrief = true };

    public static ElementKind Connection { get; } =
        new("connection", Collections.Connections, "con", "Connection", "Connections") { AnswersBrief = true };

    public static ElementKind Action { get; } = new("action", Collections.Actions, "act", "Action", "Actions") { Layered = true };

    public static ElementKind Flow { get; } =
        new("flow", Collections.Flows, "flw", "Flow", "Flows")
        {
            Layered = true,
            ParentMember = "flowId",
            UniversalMember = "universalFlowId",
        };

    public static ElementKind FieldMapping { get; } =
        new("field-mapping", Collections.FieldMappings, "fmp", "FieldMapping", "FieldMappings")
        {
            Layered = true,
            ParentMember = "fieldMappingId",
            UniversalMember = "universalFieldMappingId",
        };

    public static ElementKind DataSource { get; } =
        new("data-source", Collections.DataSources, "dts", "DataSource", "DataSources")
        {
            Layered = true,
            ParentMember = "dataSourceId",
            UniversalMember = "universalDataSourceId",
        };

    public static ElementKind Package { get; } = new("package", Collections.Packages, "pkg", "Package", "Packages") { Layered = true };

    public static ElementKind AppEventType { get; } =
        new("app-event-type", Collections.AppEventTypes, "aet", "AppEventType", "AppEventTypes") { AnswersBrief = true };

    public static ElementKind AppEventSubscription { get; } =
        new("app-event-subscription", Collections.AppEventSubscriptions, "aes", "AppEventSubscription", "AppEventSubscriptions")
        {
            AnswersBrief = true,
        };

    /// <summary>The kinds that exist in layers.</summary>
    public static IReadOnlyList<ElementKind> Layered { get; } = new[] { Action, Flow, FieldMapping, DataSource, Package };

    /// <summary>The kinds that a search looks through.</summary>
    public static IReadOnlyList<ElementKind> Searchable { get; } =
        new[] { Connector, Integration, Connection, Action, Flow, FieldMapping, DataSource, Package, App, Tenant };

    public static ElementKind? OfType(string type) =>
        Searchable.FirstOrDefault(kind => kind.Type.Equals(type, StringComparison.OrdinalIgnoreCase));
}
