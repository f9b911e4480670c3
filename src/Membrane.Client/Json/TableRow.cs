using System.Collections.Generic;
using System.Data;
using System.Linq;

namespace Membrane.Client.Json;

/// <summary>The rows of databases: their members are the columns, and nothing else that their types have.</summary>
internal static class TableRow
{
    /// <summary>The columns; null where the value is not a row of a table.</summary>
    public static IEnumerable<KeyValuePair<string, object?>>? Columns(object value) =>
        value switch
        {
            DataRow row => row
                .Table.Columns.Cast<DataColumn>()
                .Select(column => new KeyValuePair<string, object?>(column.ColumnName, row[column])),
            DataRowView view => Columns(view.Row),
            IDataRecord record => Enumerable
                .Range(0, record.FieldCount)
                .Select(index => new KeyValuePair<string, object?>(record.GetName(index), record.GetValue(index))),
            _ => null,
        };
}
