using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Membrane.Client.Schemas;
using Membrane.Client.Schemas.Checking;
using Membrane.Client.Schemas.Reading;
using Xunit;

namespace Membrane.Client.Tests.Schemas;

/// <summary>The official tests, as npm brings them: draft-03 and draft-04.</summary>
internal static class OfficialSuite
{
    public const string HowToInstall = "The official JSON Schema tests are not installed. Run 'npm ci' in tests/schema-suite.";

    private static readonly string? Folder = FindFolder();

    public static bool IsInstalled => Folder is not null;

    /// <summary>One line for each test whose outcome is not the one that the suite has; and how many there were.</summary>
    public static (int Count, IReadOnlyList<string> Failures) Run(string draft, JsonSchemaOptions options)
    {
        Assert.True(IsInstalled, HowToInstall);
        AddDocuments(options);
        var count = 0;
        var failures = new List<string>();
        foreach (var file in Directory.GetFiles(Path.Combine(Folder!, "tests", draft), "*.json").Order())
        {
            foreach (var group in Read(file).EnumerateArray())
            {
                var schema = JsonSchema.Parse(group.GetProperty("schema"), options);
                foreach (var test in group.GetProperty("tests").EnumerateArray())
                {
                    count++;
                    var data = test.GetProperty("data");
                    var expected = test.GetProperty("valid").GetBoolean();
                    if (schema.IsValid(data) != expected || schema.Check(data).Count == 0 != expected)
                    {
                        failures.Add(
                            string.Join(" / ", Path.GetFileName(file), group.GetProperty("description"), test.GetProperty("description"))
                        );
                    }
                }
            }
        }

        return (count, failures);
    }

    private static void AddDocuments(JsonSchemaOptions options)
    {
        var remotes = Path.Combine(Folder!, "remotes");
        foreach (var file in Directory.GetFiles(remotes, "*.json", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(remotes, file).Replace('\\', '/');
            options.Documents[new Uri("http://localhost:1234/" + path)] = Read(file);
        }
    }

    private static JsonElement Read(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        return document.RootElement.Clone();
    }

    private static string? FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var suite = Path.Combine(folder.FullName, "tests", "schema-suite", "node_modules", "json-schema-test-suite");
            if (Directory.Exists(suite))
            {
                return suite;
            }
        }

        return null;
    }
}
