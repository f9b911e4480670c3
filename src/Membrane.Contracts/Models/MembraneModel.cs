using System.Collections.Generic;
using System.Collections.ObjectModel;

namespace Membrane;

/// <summary>What every object of the API has in common: fields that this version does not know are kept.</summary>
public abstract class MembraneModel
{
    private static readonly ReadOnlyDictionary<string, object?> NoFields = new(new Dictionary<string, object?>());

    internal IReadOnlyDictionary<string, object?>? UnknownFields { get; set; }

    /// <summary>
    /// The fields that the service sent and this version has no property for, under their own names, and known
    /// fields whose value has another type than documented. In PowerShell they are ordinary properties of the object.
    /// </summary>
    public IReadOnlyDictionary<string, object?> GetUnknownFields() => UnknownFields ?? NoFields;
}
