namespace Membrane.Client.Apps;

/// <summary>What is to be connected: an integration, a connector or an app, and what it is called.</summary>
internal sealed class AppTarget
{
    /// <summary>What people call it.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>The integration, by id.</summary>
    public string? IntegrationId { get; init; }

    /// <summary>The connector, by id.</summary>
    public string? ConnectorId { get; init; }

    /// <summary>The app, by id.</summary>
    public string? ExternalAppId { get; init; }

    /// <summary>The address of the app, for <c>POST /connections/ensure</c>.</summary>
    public string? AppUrl { get; init; }

    /// <summary>What an integration is connected by.</summary>
    public static AppTarget Of(Integration integration) =>
        integration.Id is null
            ? new AppTarget
            {
                Name = integration.ToString(),
                ConnectorId = integration.ConnectorId,
                ExternalAppId = integration.ExternalAppId,
                AppUrl = integration.AppUri,
            }
            : new AppTarget { Name = integration.ToString(), IntegrationId = integration.Id };

    /// <summary>What a connector is connected by.</summary>
    public static AppTarget Of(Connector connector) => new() { Name = connector.ToString(), ConnectorId = connector.Id };

    /// <summary>What an app is connected by.</summary>
    public static AppTarget Of(ExternalApp app) =>
        new()
        {
            Name = app.ToString(),
            ConnectorId = app.DefaultConnectorId,
            ExternalAppId = app.Id,
            AppUrl = app.AppUri,
        };

    internal bool CanBeRequested => IntegrationId is not null || ConnectorId is not null;
}
