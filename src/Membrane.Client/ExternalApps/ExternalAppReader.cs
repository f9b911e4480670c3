using Membrane.Client.Json;
using Membrane.Client.Paging;

namespace Membrane.Client.ExternalApps;

internal static class ExternalAppReader
{
    public static ModelReader<ExternalApp> One { get; } =
        new ModelReader<ExternalApp>(static () => new ExternalApp())
            .Text("id", static (app, value) => app.Id = value)
            .Text("key", static (app, value) => app.Key = value)
            .Text("name", static (app, value) => app.Name = value)
            .Text("uuid", static (app, value) => app.Uuid = value)
            .Text("appUri", static (app, value) => app.AppUri = value)
            .Text("logoUri", static (app, value) => app.LogoUri = value)
            .Texts("categories", static (app, value) => app.Categories = value)
            .Text("defaultConnectorId", static (app, value) => app.DefaultConnectorId = value)
            .Number("popularity", static (app, value) => app.Popularity = value)
            .Flag("isReadOnly", static (app, value) => app.IsReadOnly = value)
            .Flag("isPublic", static (app, value) => app.IsPublic = value)
            .Flag("isConnected", static (app, value) => app.IsConnected = value)
            .Flag("hasAuth", static (app, value) => app.HasAuth = value)
            .Flag("hasData", static (app, value) => app.HasData = value)
            .Flag("hasFreeTestAccount", static (app, value) => app.HasFreeTestAccount = value)
            .Text("freeTestAccountGuide", static (app, value) => app.FreeTestAccountGuide = value)
            .Time("freeTestAccountGuideVerifiedAt", static (app, value) => app.FreeTestAccountGuideVerifiedAt = value)
            .Text("basePackageId", static (app, value) => app.BasePackageId = value)
            .Text("readmeSlug", static (app, value) => app.ReadmeSlug = value)
            .Text("tenantId", static (app, value) => app.TenantId = value)
            .Any("openapiSpecs", static (app, value) => app.OpenapiSpecs = value);

    public static PageReader<ExternalApp> Page { get; } = new(One);
}
