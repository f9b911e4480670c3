using System.Collections.Generic;
using System.Globalization;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.DataCollections;

/// <summary>A record of a data collection: the object or its id.</summary>
public sealed class DataRecordReference : ElementReference
{
    internal static readonly ReferenceReader Reader = new(
        "a record (the object or its id)",
        static (id, source) => new DataRecordReference(id, source)
    )
    {
        Ids = [new IdRule(nameof(DataRecord), nameof(DataRecord.Id))],
        // Apps have numbers for ids too.
        ReadOther = static value =>
            value is int or long ? new DataRecordReference(System.Convert.ToString(value, CultureInfo.InvariantCulture)!, null) : null,
    };

    private DataRecordReference(string id, GivenObject? source)
        : base(id, source) { }

    /// <summary>The fields of the record; null where an id was given.</summary>
    internal object? Fields => Source?.Get(nameof(DataRecord.Fields));

    /// <summary>The connection that the record comes from.</summary>
    internal string? ConnectionId => Source?.Text(nameof(DataRecord.ConnectionId));

    /// <summary>The collection that the record comes from.</summary>
    internal string? CollectionKey => Source?.Text(nameof(DataRecord.CollectionKey));

    /// <summary>The parameters of that collection.</summary>
    internal IReadOnlyDictionary<string, string>? CollectionParameters =>
        KeptParameters.Read(Source?.Get(nameof(DataRecord.CollectionParameters)));
}
