using Membrane.Client.Json;
using Membrane.Client.Paging;

namespace Membrane.Client.Workspaces;

internal static class WorkspaceReader
{
    public static ModelReader<Workspace> One { get; } =
        new ModelReader<Workspace>(static () => new Workspace())
            .Text("id", static (workspace, value) => workspace.Id = value)
            .Text("name", static (workspace, value) => workspace.Name = value)
            .Text("orgId", static (workspace, value) => workspace.OrgId = value)
            .Text("apiBaseUri", static (workspace, value) => workspace.ApiBaseUri = value)
            .Text("key", static (workspace, value) => workspace.Key = value)
            .Secret("secret", static (workspace, value) => workspace.Secret = value)
            .Time("createdAt", static (workspace, value) => workspace.CreatedAt = value)
            .Time("updatedAt", static (workspace, value) => workspace.UpdatedAt = value)
            .Secret("engineAccessToken", static (workspace, value) => workspace.EngineAccessToken = value)
            .Text("logoUri", static (workspace, value) => workspace.LogoUri = value)
            .Any("limits", static (workspace, value) => workspace.Limits = value)
            .Any("settings", static (workspace, value) => workspace.Settings = value)
            .Any("publicKeys", static (workspace, value) => workspace.PublicKeys = value)
            .Any("userFieldsSchema", static (workspace, value) => workspace.UserFieldsSchema = value)
            .Text("webhookUri", static (workspace, value) => workspace.WebhookUri = value)
            .Texts("enabledWebhookEvents", static (workspace, value) => workspace.EnabledWebhookEvents = value)
            .Text("jwksUri", static (workspace, value) => workspace.JwksUri = value)
            .Text("type", static (workspace, value) => workspace.Type = value)
            .Flag("isReadOnly", static (workspace, value) => workspace.IsReadOnly = value);

    public static PageReader<Workspace> Page { get; } = new(One);
}
