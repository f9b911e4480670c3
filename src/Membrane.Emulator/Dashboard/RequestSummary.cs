using System.Linq;
using System.Text.Json.Nodes;
using Membrane.Emulator.Control;
using Membrane.Emulator.Json;

namespace Membrane.Emulator.Dashboard;

/// <summary>A request of the log as the dashboard shows it: in the list, and opened.</summary>
internal static class RequestSummary
{
    /// <summary>Returns what a row of the list shows.</summary>
    public static JsonObject Of(RequestLog.Entry entry) =>
        new()
        {
            ["number"] = entry.Number,
            ["time"] = EmulatorJson.Time(entry.Time),
            ["method"] = entry.Method,
            ["path"] = entry.Path,
            ["query"] = entry.ShownQuery,
            ["operationId"] = entry.OperationId,
            ["status"] = entry.Status,
            ["milliseconds"] = entry.Milliseconds,
        };

    /// <summary>Returns everything that the log has of the request, and the command that sends it again.</summary>
    public static JsonObject WithDetails(RequestLog.Entry entry)
    {
        var json = ControlOperations.Show(entry);
        var command = RequestCommand.Of(entry);
        json["keptBytes"] = RequestLog.BodyLimit;
        json["command"] = command.Line;
        json["commandNotes"] = new JsonArray([.. command.Notes.Select(static note => (JsonNode)note)]);
        return json;
    }
}
