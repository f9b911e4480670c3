using System.Collections.Generic;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Actions;

/// <summary>Completes the kinds of actions.</summary>
public sealed class ActionTypeCompleter : WordCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Value, string Hint)> Words =>
        [
            ("api-request-to-external-app", "A request to the app's API"),
            ("run-javascript", "JavaScript code"),
            ("list-data-records", "Lists records of a data collection"),
            ("search-data-record", "Searches a data collection"),
            ("find-data-record-by-id", "Gets a record of a data collection"),
            ("match-data-record", "Finds a matching record of a data collection"),
            ("create-data-record", "Creates a record in a data collection"),
            ("find-or-create-data-record", "Finds a record or creates it"),
            ("update-data-record", "Updates a record of a data collection"),
            ("delete-data-record", "Deletes a record of a data collection"),
            ("connector-operation", "An operation of the connector"),
            ("api-request-to-your-app", "A request to your own API"),
            ("http-request", "A request to any address"),
            ("api-request", string.Empty),
        ];
}
