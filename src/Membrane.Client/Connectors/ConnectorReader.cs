using Membrane.Client.Json;
using Membrane.Client.Paging;

namespace Membrane.Client.Connectors;

internal static class ConnectorReader
{
    public static ModelReader<Connector> One { get; } =
        new ModelReader<Connector>(static () => new Connector())
            .Element()
            .Text("version", static (connector, value) => connector.Version = value)
            .Text("type", static (connector, value) => connector.Type = value)
            .Texts("categories", static (connector, value) => connector.Categories = value)
            .Text("externalAppId", static (connector, value) => connector.ExternalAppId = value)
            .Text("logoUri", static (connector, value) => connector.LogoUri = value)
            .Text("baseUri", static (connector, value) => connector.BaseUri = value)
            .Text("tenantId", static (connector, value) => connector.TenantId = value)
            .Flag("isPublic", static (connector, value) => connector.IsPublic = value)
            .Number("popularity", static (connector, value) => connector.Popularity = value)
            .Flag("hasTest", static (connector, value) => connector.HasTest = value)
            .Flag("hasAuthTest", static (connector, value) => connector.HasAuthTest = value)
            .Flag("hasOperations", static (connector, value) => connector.HasOperations = value)
            .Whole("operationsCount", static (connector, value) => connector.OperationsCount = value)
            .Flag("hasData", static (connector, value) => connector.HasData = value)
            .Whole("dataCollectionsCount", static (connector, value) => connector.DataCollectionsCount = value)
            .Whole("eventsCount", static (connector, value) => connector.EventsCount = value)
            .Any("parametersSchema", static (connector, value) => connector.ParametersSchema = value)
            .Any("inputSchema", static (connector, value) => connector.InputSchema = value)
            .Any("credentialsSchema", static (connector, value) => connector.CredentialsSchema = value)
            .Any("options", static (connector, value) => connector.Options = value);

    public static PageReader<Connector> Page { get; } = new(One);
}
