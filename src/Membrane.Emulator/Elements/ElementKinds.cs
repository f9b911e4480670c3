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

    public static ElementKind Action { get; } =
        new("action", Collections.Actions, "act", "Action", "Actions") { Layered = true, InstancesAt = InstancePlace.Connection };

    public static ElementKind Flow { get; } =
        new("flow", Collections.Flows, "flw", "Flow", "Flows")
        {
            Layered = true,
            InstancesAt = InstancePlace.Connection,
            ParentMember = "flowId",
            UniversalMember = "universalFlowId",
        };

    public static ElementKind FieldMapping { get; } =
        new("field-mapping", Collections.FieldMappings, "fmp", "FieldMapping", "FieldMappings")
        {
            Layered = true,
            InstancesAt = InstancePlace.Connection,
            ParentMember = "fieldMappingId",
            UniversalMember = "universalFieldMappingId",
        };

    public static ElementKind DataSource { get; } =
        new("data-source", Collections.DataSources, "dts", "DataSource", "DataSources")
        {
            Layered = true,
            InstancesAt = InstancePlace.Connection,
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
            InstancesAt = InstancePlace.Tenant,
            ParentKind = AppEventType,
            ParentMember = "appEventTypeId",
            UniversalMember = null,
        };

    public static ElementKind AppDataSchema { get; } =
        new("app-data-schema", Collections.AppDataSchemas, "ads", "AppDataSchema", "AppDataSchemas")
        {
            AnswersBrief = true,
            InstancesAt = InstancePlace.Tenant,
            ParentMember = "appDataSchemaId",
            UniversalMember = null,
        };

    public static ElementKind DataLinkTable { get; } =
        new("data-link-table", Collections.DataLinkTables, "dlt", "DataLinkTable", "DataLinkTables")
        {
            Layered = true,
            AnswersBrief = true,
            InstancesAt = InstancePlace.Connection,
            ParentMember = "dataLinkTableId",
            UniversalMember = null,
            Untold = new[] { "isUniversal", "externalAppId" },
        };

    public static ElementKind ExternalEventType { get; } =
        new("external-event-type", Collections.ExternalEventTypes, "eet", "ExternalEventType", "ExternalEventTypes") { Layered = true };

    public static ElementKind ExternalEventSubscription { get; } =
        new(
            "external-event-subscription",
            Collections.ExternalEventSubscriptions,
            "ees",
            "ExternalEventSubscription",
            "ExternalEventSubscriptions"
        )
        {
            AnswersBrief = true,
            Untold = new[] { "key", "uuid", "state", "revision", "updatedAt", "externalAppId" },
        };

    public static ElementKind ConnectedProduct { get; } =
        new("connected-product", Collections.ConnectedProducts, "cpr", "ConnectedProduct", "ConnectedProducts")
        {
            AnswersBrief = true,
            Untold = new[] { "uuid", "state", "revision", "updatedAt" },
        };

    public static ElementKind Screen { get; } =
        new("screen", Collections.Screens, "scr", "Screen", "Screens")
        {
            Untold = new[] { "uuid", "state", "revision", "createdAt", "updatedAt", "meta", "connectionId" },
        };

    /// <summary>The kinds that the emulator has the usual operations of.</summary>
    public static IReadOnlyList<ElementKind> All { get; } =
        new[]
        {
            Tenant,
            App,
            Connector,
            Integration,
            Connection,
            Action,
            Flow,
            FieldMapping,
            DataSource,
            Package,
            AppEventType,
            AppEventSubscription,
            AppDataSchema,
            DataLinkTable,
            ExternalEventType,
            ExternalEventSubscription,
            ConnectedProduct,
            Screen,
        };

    /// <summary>The kinds that exist in layers under the path of a connection and of an integration.</summary>
    public static IReadOnlyList<ElementKind> Nested { get; } = new[] { Action, Flow, DataSource, FieldMapping };

    /// <summary>The kinds that a search looks through.</summary>
    public static IReadOnlyList<ElementKind> Searchable { get; } =
        new[] { Connector, Integration, Connection, Action, Flow, FieldMapping, DataSource, Package, App, Tenant };

    public static ElementKind? OfCollection(string collection) => All.FirstOrDefault(kind => kind.Collection == collection);

    public static ElementKind? OfType(string type) =>
        Searchable.FirstOrDefault(kind => kind.Type.Equals(type, StringComparison.OrdinalIgnoreCase));
}
