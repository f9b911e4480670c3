using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Membrane.Client.NativeCommands;
using Membrane.Emulator.Control;

namespace Membrane.Emulator.Dashboard;

/// <summary>
/// Writes a request as a line of PowerShell: the module's command for the operation where one says all of it, else Invoke-MembraneRequest.
/// </summary>
internal static class RequestCommand
{
    private const string JsonType = "application/json";

    private static readonly string[] Methods = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"];

    public static RequestCommandLine Of(RequestLog.Entry entry)
    {
        var request = entry.ToPublic();
        var notes = new List<string>();
        if (!Methods.Contains(request.Method))
        {
            notes.Add($"The module sends no requests with the method {ScriptText.Shown(request.Method)}.");
            return new RequestCommandLine(null, notes);
        }

        string[] hidden = [.. request.Redacted.Where(static name => !name.StartsWith("headers.", StringComparison.Ordinal))];
        if (hidden.Length > 0)
        {
            notes.Add($"The log hides secrets. Replace (redacted) by the values of: {ScriptText.Shown(string.Join(", ", hidden))}.");
        }

        if (entry.BodyLength > RequestLog.BodyLimit)
        {
            notes.Add(
                FormattableString.Invariant(
                    $"The log keeps the first {RequestLog.BodyLimit:N0} of the {entry.BodyLength:N0} bytes of the body. "
                ) + "Assign the whole body to $body first."
            );
        }
        else if (!entry.IsTextBody)
        {
            notes.Add("The body is not text. Assign its bytes to $body first.");
        }

        var isWhole = entry.BodyLength <= RequestLog.BodyLimit && entry.IsTextBody;
        return new RequestCommandLine((isWhole ? CommandTemplates.Fill(request) : null) ?? Any(request, isWhole), notes);
    }

    private static string Any(RecordedRequest request, bool isWhole)
    {
        // As a path, a backslash is refused, however it is meant.
        var path = request.Path.Replace("\\", "%5C") + (request.Query.Length > 0 ? "?" + request.Query.Replace("\\", "%5C") : "");
        var line = new StringBuilder("Invoke-MembraneRequest ").Append(ScriptText.Quote(path.Replace("#", "%23")));
        if (request.Method != "GET")
        {
            line.Append(" -Method ").Append(request.Method);
        }

        var type = request.Headers.TryGetValue("Content-Type", out var given) ? given : null;
        if (!isWhole)
        {
            line.Append(" -Body $body").Append(TypeOf(type));
        }
        else if (request.Body is { } body)
        {
            line.Append(" -Body ").Append(BodyOf(body, type));
        }

        return line.ToString();
    }

    private static string BodyOf(string body, string? type)
    {
        if (type is not null && type.IndexOf("json", StringComparison.OrdinalIgnoreCase) < 0)
        {
            return ScriptText.Quote(body) + TypeOf(type);
        }

        // What says that it is JSON, and is not, goes as bytes: as text the module refuses it.
        return JsonLine.IsJson(body)
            ? ScriptText.Quote(JsonLine.Of(body)) + TypeOf(type)
            : $"([System.Text.Encoding]::UTF8.GetBytes({ScriptText.Quote(body)})) -ContentType {ScriptText.Quote(type ?? JsonType)}";
    }

    // The module's own need not be said.
    private static string TypeOf(string? type) =>
        type is null || type.StartsWith(JsonType, StringComparison.OrdinalIgnoreCase) ? "" : " -ContentType " + ScriptText.Quote(type);
}
