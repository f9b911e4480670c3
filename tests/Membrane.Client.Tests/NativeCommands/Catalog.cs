using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Membrane.Client.NativeCommands;

namespace Membrane.Client.Tests.NativeCommands;

/// <summary>The apps of a catalog, with their actions as they are named.</summary>
internal sealed record CatalogApp(string Slug, string Name, IReadOnlyList<NamedAction> Actions)
{
    public CommandNaming Naming => new(Slug, Name);

    public static IReadOnlyList<CatalogApp> ReadAll()
    {
        using var catalog = JsonDocument.Parse(File.ReadAllBytes(Environment.GetEnvironmentVariable("MEMBRANE_CATALOG")!));
        return catalog.RootElement.EnumerateArray().Select(Read).ToArray();
    }

    // A key that comes twice in an app gets a number from the emulator, as every key of a workspace is there once.
    private static CatalogApp Read(JsonElement app)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        return new CatalogApp(
            app.GetProperty("slug").GetString()!,
            app.GetProperty("name").GetString()!,
            app.GetProperty("actions")
                .EnumerateArray()
                .Select(
                    (action, index) =>
                    {
                        var key = action.GetProperty("key").GetString()!;
                        seen[key] = seen.GetValueOrDefault(key) + 1;
                        return new NamedAction(
                            $"{index}",
                            seen[key] == 1 ? key : $"{key}-{seen[key]}",
                            action.GetProperty("name").GetString()
                        );
                    }
                )
                .ToArray()
        );
    }
}
