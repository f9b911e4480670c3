using System;
using System.Collections.Generic;
using System.Text.Json.Nodes;

namespace Membrane.Emulator.WorkspaceFiles;

/// <summary>What an import does to one element.</summary>
internal sealed class ImportedChange(string change, FileKind kind, string key, string? integrationKey, string path)
{
    /// <summary>created, updated or archived.</summary>
    public string Change { get; } = change;

    public FileKind Kind { get; } = kind;

    public string Key { get; } = key;

    public string? IntegrationKey { get; } = integrationKey;

    public string Path { get; } = path;

    /// <summary>What differs, of what is updated.</summary>
    public IReadOnlyList<(string Field, JsonNode? Before, JsonNode? After)> Fields { get; set; } =
        Array.Empty<(string, JsonNode?, JsonNode?)>();

    public JsonObject Show(bool withFields)
    {
        var shown = new JsonObject
        {
            ["change"] = Change,
            ["elementType"] = Kind.Kind.Type,
            ["key"] = Key,
        };
        if (IntegrationKey is not null)
        {
            shown["integrationKey"] = IntegrationKey;
        }

        shown["path"] = Path;
        if (withFields && Change == "updated")
        {
            shown["fields"] = FieldDifferences.Show(Fields);
        }

        return shown;
    }
}
