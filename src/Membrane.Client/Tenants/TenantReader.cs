using Membrane.Client.Json;
using Membrane.Client.Paging;

namespace Membrane.Client.Tenants;

internal static class TenantReader
{
    public static ModelReader<Tenant> One { get; } =
        new ModelReader<Tenant>(static () => new Tenant())
            .Text("id", static (tenant, value) => tenant.Id = value)
            .Text("name", static (tenant, value) => tenant.Name = value)
            .Any("meta", static (tenant, value) => tenant.Meta = value)
            .Text("internalId", static (tenant, value) => tenant.InternalId = value)
            .Any("fields", static (tenant, value) => tenant.Fields = value)
            .Any("credentials", static (tenant, value) => tenant.Credentials = value)
            .Time("lastActiveAt", static (tenant, value) => tenant.LastActiveAt = value)
            .Flag("isTest", static (tenant, value) => tenant.IsTest = value)
            .Flag("isBillable", static (tenant, value) => tenant.IsBillable = value)
            .Flag("isActive", static (tenant, value) => tenant.IsActive = value)
            .Number("aiCreditsRolling30DayLimit", static (tenant, value) => tenant.AiCreditsRolling30DayLimit = value)
            .Time("createdAt", static (tenant, value) => tenant.CreatedAt = value)
            .Time("archivedAt", static (tenant, value) => tenant.ArchivedAt = value);

    public static PageReader<Tenant> Page { get; } = new(One);
}
