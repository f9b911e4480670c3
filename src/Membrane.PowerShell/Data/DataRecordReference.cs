using System.Globalization;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Data;

/// <summary>A record of a data collection: the object or its id.</summary>
public sealed class DataRecordReference : ElementReference
{
    private DataRecordReference(string id, object? source)
        : base(id, source)
    {
    }

    /// <summary>The record that was given; null where an id was given.</summary>
    internal DataRecord? Record => Source as DataRecord;

    // Apps have numbers for ids too.
    internal static DataRecordReference? From(object value) => value switch
    {
        string text => new DataRecordReference(text, null),
        int or long => new DataRecordReference(System.Convert.ToString(value, CultureInfo.InvariantCulture)!, null),
        DataRecord { Id: { } id } record => new DataRecordReference(id, record),
        _ => null,
    };
}
