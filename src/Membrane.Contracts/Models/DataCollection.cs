using System.Collections.Generic;
using System.Linq;

namespace Membrane;

/// <summary>The data of a connected app as a table. A method that is empty is not supported.</summary>
public sealed class DataCollection : MembraneModel
{
    /// <summary>The key of the collection, such as contacts.</summary>
    public string? Key { get; internal set; }

    /// <summary>The display name.</summary>
    public string? Name { get; internal set; }

    /// <summary>Always collection.</summary>
    public string? Type { get; internal set; }

    /// <summary>The JSON Schema of the fields of a record.</summary>
    public object? FieldsSchema { get; internal set; }

    /// <summary>The JSON Schema of the parameters that choose the part of the app.</summary>
    public object? ParametersSchema { get; internal set; }

    /// <summary>Whether records may have fields that the schema does not name.</summary>
    public bool? CustomFields { get; internal set; }

    /// <summary>How records are listed, with the fields that a filter may name.</summary>
    public object? List { get; internal set; }

    /// <summary>How records are searched.</summary>
    public object? Search { get; internal set; }

    /// <summary>How a matching record is found, with the fields that may be matched.</summary>
    public object? Match { get; internal set; }

    /// <summary>How records are found by fields; older than <see cref="Match"/>.</summary>
    public object? Find { get; internal set; }

    /// <summary>How a record is found by its id.</summary>
    public object? FindById { get; internal set; }

    /// <summary>How records are created, with the fields that may or must be given.</summary>
    public object? Create { get; internal set; }

    /// <summary>How records are updated, with the fields that may be given.</summary>
    public object? Update { get; internal set; }

    /// <summary>How records are deleted.</summary>
    public object? Delete { get; internal set; }

    /// <summary>Which events the app tells of.</summary>
    public object? Events { get; internal set; }

    /// <summary>How records are read as unified models.</summary>
    public object? Udm { get; internal set; }

    /// <summary>The connection that was asked.</summary>
    public string? ConnectionId { get; internal set; }

    /// <summary>The parameters that it was asked for with.</summary>
    public IReadOnlyDictionary<string, string>? CollectionParameters { get; internal set; }

    /// <summary>The supported methods by name. Empty in a list: ask for the collection by its key.</summary>
    public IReadOnlyList<string> Methods =>
        new (string Name, object? Method)[]
        {
            ("list", List),
            ("search", Search),
            ("match", Match),
            ("findById", FindById),
            ("create", Create),
            ("update", Update),
            ("delete", Delete),
        }
            .Where(static pair => pair.Method is not null)
            .Select(static pair => pair.Name)
            .ToArray();

    /// <summary>The key.</summary>
    public override string ToString() => Key ?? Name ?? nameof(DataCollection);
}
