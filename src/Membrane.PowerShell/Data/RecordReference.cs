using System.Globalization;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Data;

/// <summary>A record of a data collection: the object or its id.</summary>
public sealed class RecordReference : ElementReference
{
    private RecordReference(string id, object? source)
        : base(id, source)
    {
    }

    /// <summary>The record that was given; null where an id was given.</summary>
    internal DataRecord? Record => Source as DataRecord;

    // Apps have numbers for ids too.
    internal static RecordReference? From(object value) => value switch
    {
        string text => new RecordReference(text, null),
        int or long => new RecordReference(System.Convert.ToString(value, CultureInfo.InvariantCulture)!, null),
        DataRecord { Id: { } id } record => new RecordReference(id, record),
        _ => null,
    };
}
