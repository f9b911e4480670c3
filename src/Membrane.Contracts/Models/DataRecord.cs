using System;
using System.Collections.Generic;

namespace Membrane;

/// <summary>A record of a data collection. It remembers where it comes from, so it can be piped back.</summary>
public sealed class DataRecord : MembraneModel
{
    /// <summary>The id of the record in the app.</summary>
    public string? Id { get; internal set; }

    /// <summary>The display name.</summary>
    public string? Name { get; internal set; }

    /// <summary>The fields: an ordinary object.</summary>
    public object? Fields { get; internal set; }

    /// <summary>The address of the record in the app.</summary>
    public string? Uri { get; internal set; }

    /// <summary>The address of an icon.</summary>
    public string? IconUri { get; internal set; }

    /// <summary>The key of the unified model.</summary>
    public string? Udm { get; internal set; }

    /// <summary>The fields in the unified model.</summary>
    public object? UnifiedFields { get; internal set; }

    /// <summary>The fields as the app sent them.</summary>
    public object? RawFields { get; internal set; }

    /// <summary>When the record was created in the app.</summary>
    public DateTimeOffset? CreatedTime { get; internal set; }

    /// <summary>When the record was last updated in the app.</summary>
    public DateTimeOffset? UpdatedTime { get; internal set; }

    /// <summary>When the record was deleted in the app.</summary>
    public DateTimeOffset? DeletedTime { get; internal set; }

    /// <summary>Who created the record in the app.</summary>
    public string? CreatedById { get; internal set; }

    /// <summary>Who last edited the record in the app.</summary>
    public string? UpdatedById { get; internal set; }

    /// <summary>The connection that the record comes from.</summary>
    public string? ConnectionId { get; internal set; }

    /// <summary>The collection that the record comes from.</summary>
    public string? CollectionKey { get; internal set; }

    /// <summary>The parameters of the collection that the record comes from.</summary>
    public IReadOnlyDictionary<string, string>? CollectionParameters { get; internal set; }

    /// <summary>The name, or the id.</summary>
    public override string ToString() => Name ?? Id ?? nameof(DataRecord);
}
