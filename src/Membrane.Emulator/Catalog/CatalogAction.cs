namespace Membrane.Emulator.Catalog;

/// <summary>An action of an app of a catalog.</summary>
internal sealed class CatalogAction(string name, string key, string? description)
{
    public string Name { get; } = name;

    public string Key { get; } = key;

    public string? Description { get; } = description;
}
