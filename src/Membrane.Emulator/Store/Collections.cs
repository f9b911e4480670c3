namespace Membrane.Emulator.Store;

/// <summary>The names of the collections; those of elements are their paths in the API.</summary>
internal static class Collections
{
    public const string Customers = "customers";
    public const string ExternalApps = "external-apps";
    public const string Connectors = "connectors";
    public const string Integrations = "integrations";
    public const string Connections = "connections";
    public const string ConnectionRequests = "connection-requests";
    public const string Actions = "actions";
    public const string ActionRunLogs = "action-run-logs";
    public const string AgentSessions = "agent-sessions";
    public const string AgentMessages = "agent-messages";
    public const string Flows = "flows";
    public const string FlowRuns = "flow-runs";
    public const string FieldMappings = "field-mappings";
    public const string DataSources = "data-sources";
    public const string Packages = "packages";
    public const string AppEventTypes = "app-event-types";
    public const string AppEventSubscriptions = "app-event-subscriptions";
    public const string AppEvents = "app-events";
    public const string AppDataSchemas = "app-data-schemas";
    public const string DataLinkTables = "data-link-tables";
    public const string DataLinks = "data-links";
    public const string ExternalEventTypes = "external-event-types";
    public const string ExternalEventSubscriptions = "external-event-subscriptions";
    public const string ExternalEventPulls = "external-event-pulls";
    public const string ExternalEvents = "external-event-log-records";
    public const string ConnectedProducts = "connected-products";
    public const string Screens = "screens";
    public const string Workspaces = "org-workspaces";

    /// <summary>How the names of all collections of records begin.</summary>
    public const string AllRecords = "records/";

    /// <summary>Returns the records of one data collection of one connection.</summary>
    public static string Records(string connectionId, string dataCollectionKey) => AllRecords + connectionId + "/" + dataCollectionKey;
}
