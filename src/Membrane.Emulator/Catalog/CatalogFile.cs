using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using Membrane.Client.Files;
using Membrane.Emulator.Json;

namespace Membrane.Emulator.Catalog;

/// <summary>Reads the apps of a workspace from a catalog.</summary>
internal static class CatalogFile
{
    private const int MaxMegabytes = 256;

    /// <summary>Returns the apps of a file, or the small catalog that is built in.</summary>
    /// <exception cref="InvalidDataException">The file is not a catalog; the message says where.</exception>
    public static IReadOnlyList<CatalogApp> Read(string? path)
    {
        var json = path is null ? BuiltIn() : Load(path);
        JsonElement catalog;
        try
        {
            catalog = EmulatorJson.ParseForeign(json);
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"The catalog '{path}' is not JSON: {error.Message}", error);
        }

        if (catalog.ValueKind != JsonValueKind.Array)
        {
            throw new InvalidDataException($"The catalog '{path}' is not a JSON array of apps.");
        }

        var apps = new List<CatalogApp>();
        foreach (var app in catalog.EnumerateArray())
        {
            if (app.Text("slug") is not { Length: > 0 } slug || app.Text("name") is not { Length: > 0 } name)
            {
                throw new InvalidDataException($"App {apps.Count + 1} of the catalog '{path}' has no slug or no name.");
            }

            apps.Add(new CatalogApp(slug, name, app.Text("url"), Texts(app.Member("categories")), Actions(app)));
        }

        return apps;
    }

    private static List<CatalogAction> Actions(JsonElement app)
    {
        var actions = new List<CatalogAction>();
        if (app.Member("actions") is not { ValueKind: JsonValueKind.Array } given)
        {
            return actions;
        }

        foreach (var action in given.EnumerateArray())
        {
            var name = action.Text("name") ?? action.Text("key");
            if (name is { Length: > 0 })
            {
                actions.Add(
                    new CatalogAction(name, action.Text("key") is { Length: > 0 } key ? key : Slug.Of(name), action.Text("description"))
                );
            }
        }

        return actions;
    }

    private static List<string> Texts(JsonElement? array)
    {
        var texts = new List<string>();
        if (array is { ValueKind: JsonValueKind.Array } given)
        {
            foreach (var item in given.EnumerateArray())
            {
                if (item.ValueKind == JsonValueKind.String)
                {
                    texts.Add(item.GetString()!);
                }
            }
        }

        return texts;
    }

    private static byte[] Load(string path)
    {
        try
        {
            return WholeFile.Read(path, MaxMegabytes);
        }
        catch (IOException error) when (error is not (FileNotFoundException or DirectoryNotFoundException))
        {
            throw new IOException($"The catalog '{path}' cannot be read: {error.Message}", error);
        }
    }

    private static byte[] BuiltIn()
    {
        using var stream = typeof(CatalogFile).Assembly.GetManifestResourceStream("small-catalog.json")!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
