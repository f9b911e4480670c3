using Membrane.Client.Connections;
using Membrane.Client.Json;
using Membrane.Client.Paging;

namespace Membrane.Client.Integrations;

internal static class IntegrationReader
{
    public static ModelReader<Integration> One { get; } =
        new ModelReader<Integration>(static () => new Integration())
            .Element()
            .Text("connectorId", static (integration, value) => integration.ConnectorId = value)
            .Text("connectorVersion", static (integration, value) => integration.ConnectorVersion = value)
            .Text("externalAppId", static (integration, value) => integration.ExternalAppId = value)
            .Text("appUri", static (integration, value) => integration.AppUri = value)
            .Text("logoUri", static (integration, value) => integration.LogoUri = value)
            .Text("authType", static (integration, value) => integration.AuthType = value)
            .Text("oAuthCallbackUri", static (integration, value) => integration.OAuthCallbackUri = value)
            .Any("parameters", static (integration, value) => integration.Parameters = value)
            .Flag("hasMissingParameters", static (integration, value) => integration.HasMissingParameters = value)
            .Flag("hasDocumentation", static (integration, value) => integration.HasDocumentation = value)
            .Flag("hasOperations", static (integration, value) => integration.HasOperations = value)
            .Whole("operationsCount", static (integration, value) => integration.OperationsCount = value)
            .Flag("hasData", static (integration, value) => integration.HasData = value)
            .Whole("dataCollectionsCount", static (integration, value) => integration.DataCollectionsCount = value)
            .Flag("hasEvents", static (integration, value) => integration.HasEvents = value)
            .Whole("eventsCount", static (integration, value) => integration.EventsCount = value)
            .Flag("hasGlobalWebhooks", static (integration, value) => integration.HasGlobalWebhooks = value)
            .Flag("hasUdm", static (integration, value) => integration.HasUdm = value)
            .Flag("isTest", static (integration, value) => integration.IsTest = value)
            .Any("optionsConfig", static (integration, value) => integration.OptionsConfig = value)
            .Model("connection", static () => ConnectionReader.One, static (integration, value) => integration.Connection = value);

    public static PageReader<Integration> Page { get; } = new(One);
}
