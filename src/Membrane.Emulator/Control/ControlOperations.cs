using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Control;

/// <summary>The emulator's own operations, outside the API and without its token.</summary>
internal sealed class ControlOperations(
    RequestLog log,
    FaultList faults,
    System.Action reset,
    EmulatorClock clock,
    System.Action<TimeSpan> moveClock
)
{
    public const string Prefix = "/_emulator/";

    private static readonly RequestSchema ClockSchema = new(
        EmulatorJson.Parse(
            """
            {
              "type": "object",
              "properties": { "advanceSeconds": { "type": "number" }, "now": { "type": "string", "format": "date-time" } },
              "additionalProperties": false
            }
            """
        )
    );

    public Reply Handle(IncomingRequest request)
    {
        request.CheckOwnPage();
        var operation = request.RawPath.Substring(Prefix.Length);
        if (request.Method == "DELETE" && operation.StartsWith("faults/", StringComparison.Ordinal))
        {
            return RemoveFault(operation.Substring("faults/".Length));
        }

        switch (request.Method + " " + operation)
        {
            case "GET requests":
                return Reply.Json(new JsonObject { ["items"] = new JsonArray(log.All().Select(one => (JsonNode)Show(one)).ToArray()) });
            case "DELETE requests":
                log.Clear();
                return Reply.NoContent;
            case "GET faults":
                return Reply.Json(new JsonObject { ["items"] = ShowFaults() });
            case "POST faults":
                var fault = FaultJson.Read(Body(request));
                return Reply.Json(Show(faults.Add(fault), fault, fault.Times));
            case "DELETE faults":
                faults.Clear();
                return Reply.NoContent;
            case "GET clock":
                return ShowClock();
            case "POST clock":
                MoveClock(Body(request));
                return ShowClock();
            case "POST reset":
                reset();
                return Reply.NoContent;
            default:
                throw ApiException.NotFound(
                    $"The emulator has no control operation {UrlEncoding.Shorten(request.Method)} {UrlEncoding.Shorten(request.RawPath)}."
                );
        }
    }

    /// <summary>Returns the faults that are set, each with the number by which it is removed.</summary>
    public JsonArray ShowFaults() => new([.. faults.Listed().Select(static one => (JsonNode)Show(one.Id, one.Fault, one.Left))]);

    /// <summary>Returns a request as the log shows it.</summary>
    public static JsonObject Show(RequestLog.Entry entry)
    {
        var json = Show(entry.ToPublic());
        json["number"] = entry.Number;
        json["bodyBytes"] = entry.BodyLength;
        json["milliseconds"] = entry.Milliseconds;
        return json;
    }

    private Reply RemoveFault(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && faults.Remove(id)
            ? Reply.NoContent
            : throw ApiException.NotFound(
                $"There is no fault '{UrlEncoding.Shorten(text)}': it has been removed, or has hit all it was for."
            );

    private static JsonObject Show(int id, Fault fault, int? left)
    {
        var json = FaultJson.Write(fault);
        json["id"] = id;
        if (left is not null)
        {
            json["left"] = left;
        }

        return json;
    }

    private void MoveClock(JsonElement body)
    {
        ClockSchema.Check(body, "The body");
        var seconds = body.Member("advanceSeconds")?.GetDouble() ?? 0;
        if (EmulatorJson.TryReadTime(body.Text("now"), out var now))
        {
            seconds += (now - clock.Now).TotalSeconds;
        }

        var offset = clock.Offset.TotalSeconds + seconds;
        if (!(Math.Abs(offset) <= EmulatorClock.Furthest.TotalSeconds))
        {
            throw ApiException.BadRequest("The clock can be moved by at most 100 years.");
        }

        moveClock(TimeSpan.FromSeconds(offset));
    }

    private Reply ShowClock() =>
        Reply.Json(new JsonObject { ["now"] = EmulatorJson.Time(clock.Now), ["offsetSeconds"] = clock.Offset.TotalSeconds });

    private static JsonElement Body(IncomingRequest request)
    {
        try
        {
            return EmulatorJson.ParseForeign(request.Body);
        }
        catch (JsonException error)
        {
            throw ApiException.BadRequest("The body is not valid JSON: " + error.Message);
        }
    }

    private static JsonObject Show(RecordedRequest request)
    {
        var headers = new JsonObject();
        foreach (var header in request.Headers)
        {
            headers[header.Key] = header.Value;
        }

        return new JsonObject
        {
            ["time"] = EmulatorJson.Time(request.Time),
            ["method"] = request.Method,
            ["path"] = request.Path,
            ["query"] = request.Query,
            ["headers"] = headers,
            ["operationId"] = request.OperationId,
            ["body"] = request.Body,
            ["status"] = request.Status,
            ["redacted"] = Names(request.Redacted),
            ["ignored"] = Names(request.Ignored),
        };
    }

    private static JsonArray Names(IEnumerable<string> names) => new([.. names.Select(static name => (JsonNode)name)]);
}
