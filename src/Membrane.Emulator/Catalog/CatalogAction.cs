namespace Membrane.Emulator.Catalog;

/// <summary>An action of an app of a catalog.</summary>
internal sealed class CatalogAction
{
    public CatalogAction(string name, string key, string? description)
    {
        Name = name;
        Key = key;
        Description = description;
    }

    public string Name { get; }

    public string Key { get; }

    public string? Description { get; }
}
