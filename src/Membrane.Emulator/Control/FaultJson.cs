using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;

namespace Membrane.Emulator.Control;

/// <summary>Faults as the control operations write them.</summary>
internal static class FaultJson
{
    private static readonly RequestSchema Schema = new(
        EmulatorJson.Parse(
            """
            {
              "type": "object",
              "properties": {
                "match": {
                  "type": "object",
                  "properties": { "method": { "type": "string" }, "path": { "type": "string" } },
                  "additionalProperties": false
                },
                "status": { "type": "integer", "minimum": 100, "maximum": 599 },
                "headers": { "type": "object", "additionalProperties": { "type": "string" } },
                "body": {},
                "delayMs": { "type": "integer", "minimum": 0, "maximum": 600000 },
                "jitterMs": { "type": "integer", "minimum": 0, "maximum": 600000 },
                "drop": { "enum": ["before", "after", "mid-body"] },
                "times": { "type": "integer", "minimum": 1 },
                "probability": { "type": "number", "exclusiveMinimum": 0, "maximum": 1 },
                "requestsPerSecond": { "type": "integer", "minimum": 1 },
                "retryAfter": { "enum": ["seconds", "date", "none"] },
                "bodyBytesPerSecond": { "type": "integer", "minimum": 1 },
                "contentType": { "type": "string" }
              },
              "additionalProperties": false
            }
            """
        )
    );

    /// <exception cref="ApiException">It is not a valid fault.</exception>
    public static Fault Read(JsonElement json)
    {
        Schema.Check(json, "The fault");
        var fault = new Fault
        {
            Method = json.Member("match")?.Text("method"),
            Path = json.Member("match")?.Text("path"),
            Status = Number(json, "status"),
            Body = json.Member("body") is { } body ? (body.ValueKind == JsonValueKind.String ? body.GetString() : body.GetRawText()) : null,
            DelayMilliseconds = Number(json, "delayMs") ?? 0,
            JitterMilliseconds = Number(json, "jitterMs") ?? 0,
            Drop = json.Text("drop") switch
            {
                "before" => FaultDrop.Before,
                "after" => FaultDrop.After,
                "mid-body" => FaultDrop.MidBody,
                _ => null,
            },
            Times = Number(json, "times"),
            Probability = json.Member("probability")?.GetDouble() ?? 1,
            RequestsPerSecond = Number(json, "requestsPerSecond"),
            RetryAfter = json.Text("retryAfter") switch
            {
                "date" => RetryAfterForm.Date,
                "none" => RetryAfterForm.None,
                _ => RetryAfterForm.Seconds,
            },
            BodyBytesPerSecond = Number(json, "bodyBytesPerSecond"),
            ContentType = json.Text("contentType"),
        };
        if (json.Member("headers") is { } headers)
        {
            foreach (var header in headers.EnumerateObject())
            {
                fault.Headers[header.Name] = header.Value.GetString()!;
            }
        }

        return fault;
    }

    public static JsonObject Write(Fault fault)
    {
        var json = new JsonObject();
        if (fault.Method is not null || fault.Path is not null)
        {
            var match = new JsonObject();
            Add(match, "method", fault.Method);
            Add(match, "path", fault.Path);
            json["match"] = match;
        }

        Add(json, "status", fault.Status);
        if (fault.Headers.Count > 0)
        {
            var headers = new JsonObject();
            foreach (var header in fault.Headers)
            {
                headers[header.Key] = header.Value;
            }

            json["headers"] = headers;
        }

        Add(json, "body", fault.Body);
        Add(json, "delayMs", fault.DelayMilliseconds == 0 ? null : fault.DelayMilliseconds);
        Add(json, "jitterMs", fault.JitterMilliseconds == 0 ? null : fault.JitterMilliseconds);
        Add(
            json,
            "drop",
            fault.Drop switch
            {
                FaultDrop.Before => "before",
                FaultDrop.After => "after",
                FaultDrop.MidBody => "mid-body",
                _ => null,
            }
        );
        Add(json, "times", fault.Times);
        if (fault.Probability < 1)
        {
            json["probability"] = fault.Probability;
        }

        Add(json, "requestsPerSecond", fault.RequestsPerSecond);
        Add(
            json,
            "retryAfter",
            fault.RetryAfter switch
            {
                RetryAfterForm.Date => "date",
                RetryAfterForm.None => "none",
                _ => null,
            }
        );

        Add(json, "bodyBytesPerSecond", fault.BodyBytesPerSecond);
        Add(json, "contentType", fault.ContentType);
        return json;
    }

    private static void Add(JsonObject json, string name, string? value)
    {
        if (value is not null)
        {
            json[name] = value;
        }
    }

    private static void Add(JsonObject json, string name, int? value)
    {
        if (value is not null)
        {
            json[name] = value.Value;
        }
    }

    private static int? Number(JsonElement json, string name) =>
        json.Member(name) is { } value ? (int)System.Math.Min(int.MaxValue, value.GetDouble()) : null;
}
