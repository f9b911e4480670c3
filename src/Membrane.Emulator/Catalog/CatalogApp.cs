using System.Collections.Generic;

namespace Membrane.Emulator.Catalog;

/// <summary>An app of a catalog.</summary>
internal sealed class CatalogApp
{
    public CatalogApp(string slug, string name, string? url, IReadOnlyList<string> categories, IReadOnlyList<CatalogAction> actions)
    {
        Slug = slug;
        Name = name;
        Url = url;
        Categories = categories;
        Actions = actions;
    }

    public string Slug { get; }

    public string Name { get; }

    public string? Url { get; }

    public IReadOnlyList<string> Categories { get; }

    public IReadOnlyList<CatalogAction> Actions { get; }
}
