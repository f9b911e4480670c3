using System;
using System.Collections.Generic;
using System.Linq;
using Membrane.Emulator.Contract;
using Membrane.Emulator.Elements;

namespace Membrane.Emulator.WorkspaceFiles;

/// <summary>A kind of elements that is exported as files: which fields a file of it has, and which others it names.</summary>
internal sealed class FileKind
{
    /// <summary>Fields of a request that say where an element is, not what it is.</summary>
    private static readonly HashSet<string> Places = new(StringComparer.Ordinal)
    {
        "uuid",
        "key",
        "name",
        "intent",
        "logoBase64",
        "tenantId",
        "userId",
        "connectionId",
        "instanceKey",
        "isUniversal",
        "appUuid",
        "integrationId",
        "integrationUuid",
        "integrationKey",
        "parentId",
        "parentUuid",
        "parentKey",
        "externalAppId",
        "externalAppUuid",
        "externalAppKey",
        "connectorId",
        "connectorUuid",
        "connectorKey",
        "dataSourceId",
        "dataSourceUuid",
        "dataSourceKey",
        "universalDataSourceId",
        "flowId",
        "universalFlowId",
        "fieldMappingId",
        "universalFieldMappingId",
    };

    private FileKind(ElementKind kind, string createSchema, string? updateSchema, params FileReference[] references)
    {
        Kind = kind;
        Schema = createSchema;
        References = references;
        Fields = RequestSchemas
            .Members(createSchema)
            .Concat(updateSchema is null ? Enumerable.Empty<string>() : RequestSchemas.Members(updateSchema))
            .Where(name => !Places.Contains(name))
            .Distinct()
            .ToArray();
    }

    /// <summary>All of them, each after those that it can name.</summary>
    public static IReadOnlyList<FileKind> All { get; } = Make();

    public ElementKind Kind { get; }

    /// <summary>The folder of the files.</summary>
    public string Folder => Kind.Collection;

    /// <summary>The schema of the request that makes one.</summary>
    public string Schema { get; }

    /// <summary>What a file says of the element itself, apart from its uuid, key and name.</summary>
    public IReadOnlyList<string> Fields { get; }

    public IReadOnlyList<FileReference> References { get; }

    public static FileKind? OfFolder(string folder) => All.FirstOrDefault(kind => kind.Folder == folder);

    private static FileKind[] Make()
    {
        var app = new FileReference("externalApp", ElementKinds.App, "externalAppId");
        return new[]
        {
            new FileKind(ElementKinds.App, "CreateExternalApp", "UpdateExternalApp"),
            new FileKind(ElementKinds.Connector, "CreateConnectorRequest", "UpdateConnectorRequest", app),
            new FileKind(
                ElementKinds.Integration,
                "CreateIntegrationRequest",
                "UpdateIntegrationRequest",
                app,
                new FileReference("connector", ElementKinds.Connector, "connectorId")
            ),
            new FileKind(
                ElementKinds.DataSource,
                "CreateDataSourceRequest",
                "UpdateDataSourceRequest",
                app,
                Parent(ElementKinds.DataSource)
            ),
            new FileKind(ElementKinds.AppEventType, "AppEventType", null),
            new FileKind(
                ElementKinds.FieldMapping,
                "CreateFieldMappingRequest",
                "UpdateFieldMappingRequest",
                app,
                Parent(ElementKinds.FieldMapping),
                new FileReference("dataSource", ElementKinds.DataSource, "dataSourceId")
            ),
            new FileKind(ElementKinds.Action, "CreateActionRequest", "UpdateActionRequest", app, Parent(ElementKinds.Action)),
            new FileKind(ElementKinds.Flow, "CreateFlowRequest", "UpdateFlowRequest", app, Parent(ElementKinds.Flow)),
            new FileKind(ElementKinds.Package, "CreatePackageRequest", "UpdatePackageRequest", app, Parent(ElementKinds.Package)),
        };
    }

    private static FileReference Parent(ElementKind kind) => new("parent", kind, kind.ParentMember);
}
