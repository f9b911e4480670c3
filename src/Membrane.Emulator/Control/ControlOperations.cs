using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;

namespace Membrane.Emulator.Control;

/// <summary>The emulator's own operations, outside the API and without its token.</summary>
internal sealed class ControlOperations
{
    public const string Prefix = "/_emulator/";

    private readonly RequestLog log;
    private readonly FaultList faults;
    private readonly System.Action reset;

    public ControlOperations(RequestLog log, FaultList faults, System.Action reset)
    {
        this.log = log;
        this.faults = faults;
        this.reset = reset;
    }

    public Reply Handle(IncomingRequest request)
    {
        switch (request.Method + " " + request.RawPath.Substring(Prefix.Length))
        {
            case "GET requests":
                return Reply.Json(new JsonObject { ["items"] = new JsonArray(log.All().Select(one => (JsonNode)Show(one)).ToArray()) });
            case "DELETE requests":
                log.Clear();
                return Reply.NoContent;
            case "GET faults":
                return Reply.Json(new JsonObject { ["items"] = new JsonArray(faults.All().Select(one => (JsonNode)FaultJson.Write(one)).ToArray()) });
            case "POST faults":
                Fault fault = FaultJson.Read(Body(request));
                faults.Add(fault);
                return Reply.Json(FaultJson.Write(fault));
            case "DELETE faults":
                faults.Clear();
                return Reply.NoContent;
            case "POST reset":
                reset();
                return Reply.NoContent;
            default:
                throw ApiException.NotFound($"The emulator has no control operation {Percent.Shorten(request.Method)} {Percent.Shorten(request.RawPath)}.");
        }
    }

    private static JsonElement Body(IncomingRequest request)
    {
        try
        {
            return JsonText.ParseForeign(request.Body);
        }
        catch (JsonException error)
        {
            throw ApiException.BadRequest("The body is not valid JSON: " + error.Message);
        }
    }

    private static JsonObject Show(RecordedRequest request)
    {
        var headers = new JsonObject();
        foreach (KeyValuePair<string, string> header in request.Headers)
            headers[header.Key] = header.Value;

        return new JsonObject
        {
            ["time"] = JsonText.Time(request.Time),
            ["method"] = request.Method,
            ["path"] = request.Path,
            ["query"] = request.Query,
            ["headers"] = headers,
            ["operationId"] = request.OperationId,
            ["body"] = request.Body,
            ["status"] = request.Status,
        };
    }
}
