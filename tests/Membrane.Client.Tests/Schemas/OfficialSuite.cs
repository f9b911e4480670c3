using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Client.Schemas;
using Membrane.Client.Schemas.Reading;

namespace Membrane.Client.Tests.Schemas;

/// <summary>The official tests of JSON Schema: a folder with <c>tests</c> and <c>remotes</c>.</summary>
internal sealed class OfficialSuite(string folder)
{
    /// <summary>The environment variable that names the folder of a copy with all drafts. It is not part of this repository.</summary>
    public const string FolderVariable = "MEMBRANE_SCHEMA_SUITE";

    private const string RemoteAddress = "http://localhost:1234/";

    /// <summary>The tests as npm brings them: draft-03 and draft-04 only.</summary>
    public static string? PackageFolder { get; } = FindPackage();

    /// <summary>The copy with all drafts.</summary>
    public static string? CopyFolder { get; } =
        Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } folder ? folder : null;

    /// <summary>Documents that the tests refer to, by their addresses.</summary>
    public Dictionary<Uri, JsonElement> Documents { get; } = new();

    /// <summary>One line for each required test whose outcome is not the one that the suite has; and how many there were.</summary>
    /// <param name="draft">The folder of the draft.</param>
    /// <param name="dialect">What <c>$schema</c> is to say in schemas that do not say anything.</param>
    public (int Count, IReadOnlyList<string> Failures) Run(string draft, string? dialect = null)
    {
        AddRemotes(dialect);
        var count = 0;
        var failures = new List<string>();
        foreach (var file in Directory.GetFiles(Path.Combine(folder, "tests", draft), "*.json").Order())
        {
            foreach (var group in Read(file).EnumerateArray())
            {
                var title = $"{Path.GetFileName(file)} / {group.GetProperty("description")}";
                count += Run(title, WithDialect(group.GetProperty("schema"), dialect), group.GetProperty("tests"), failures);
            }
        }

        return (count, failures);
    }

    private int Run(string title, JsonElement text, JsonElement tests, List<string> failures)
    {
        JsonSchema schema;
        try
        {
            schema = JsonSchema.Parse(text, checksFormats: false, Find);
        }
        catch (MembraneException exception)
        {
            failures.Add($"{title}: {exception.Message}");
            return tests.GetArrayLength();
        }

        foreach (var test in tests.EnumerateArray())
        {
            var data = test.GetProperty("data");
            var expected = test.GetProperty("valid").GetBoolean();
            if (schema.IsValid(data) != expected || schema.Check(data).Count == 0 != expected)
            {
                failures.Add($"{title} / {test.GetProperty("description")}");
            }
        }

        return tests.GetArrayLength();
    }

    private JsonElement? Find(Uri address) =>
        Documents.TryGetValue(new Uri(address.GetLeftPart(UriPartial.Query)), out var document) ? document : Metaschemas.Find(address);

    private void AddRemotes(string? dialect)
    {
        var remotes = Path.Combine(folder, "remotes");
        foreach (var file in Directory.GetFiles(remotes, "*.json", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(remotes, file).Replace('\\', '/');
            Documents[new Uri(RemoteAddress + path)] = WithDialect(Read(file), dialect);
        }
    }

    private static JsonElement WithDialect(JsonElement schema, string? dialect)
    {
        if (dialect is null || schema.ValueKind != JsonValueKind.Object || schema.TryGetProperty("$schema", out _))
        {
            return schema;
        }

        var named = JsonObject.Create(schema)!;
        named["$schema"] = dialect;
        return JsonSerializer.SerializeToElement(named);
    }

    private static JsonElement Read(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        return document.RootElement.Clone();
    }

    private static string? FindPackage()
    {
        for (var parent = new DirectoryInfo(AppContext.BaseDirectory); parent is not null; parent = parent.Parent)
        {
            var suite = Path.Combine(parent.FullName, "tests", "schema-suite", "node_modules", "json-schema-test-suite");
            if (Directory.Exists(suite))
            {
                return suite;
            }
        }

        return null;
    }
}
