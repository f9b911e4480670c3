using System.Collections.Generic;

namespace Membrane.Emulator.Catalog;

/// <summary>An app of a catalog.</summary>
internal sealed class CatalogApp(
    string slug,
    string name,
    string? url,
    IReadOnlyList<string> categories,
    IReadOnlyList<CatalogAction> actions
)
{
    public string Slug { get; } = slug;

    public string Name { get; } = name;

    public string? Url { get; } = url;

    public IReadOnlyList<string> Categories { get; } = categories;

    public IReadOnlyList<CatalogAction> Actions { get; } = actions;
}
