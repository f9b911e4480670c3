using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Emulator.Contract;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;

namespace Membrane.Emulator.Mcp;

/// <summary>A tool that an agent can call: one operation of the API under another name.</summary>
internal sealed class McpTool
{
    private readonly Operation operation;
    private readonly McpArgument[] arguments;
    private readonly Lazy<JsonElement> inputSchema;
    private readonly Lazy<RequestSchema> check;

    public McpTool(string name, string operationId, string title, string description, params McpArgument[] arguments)
    {
        Name = name;
        Title = title;
        Description = description;
        this.arguments = arguments;
        operation = OperationTable.Default.Operations.First(one => one.Id == operationId);
        inputSchema = new Lazy<JsonElement>(MakeSchema);
        check = new Lazy<RequestSchema>(() => new RequestSchema(InputSchema));
    }

    public string Name { get; }

    public string Title { get; }

    public string Description { get; }

    /// <summary>The operation behind it.</summary>
    public string OperationId => operation.Id;

    public JsonElement InputSchema => inputSchema.Value;

    /// <summary>Query parameters that the tool always sends.</summary>
    public string Constant { get; init; } = "";

    /// <summary>The member of the body that is an empty object when the caller leaves it out.</summary>
    public string? EmptyMember { get; init; }

    public bool ReadsOnly => operation.Method == "GET";

    public bool Destroys => operation.Method == "DELETE";

    /// <summary>Describes the tool in a list of tools.</summary>
    public JsonObject Describe() =>
        new()
        {
            ["name"] = Name,
            ["title"] = Title,
            ["description"] = Description,
            ["inputSchema"] = EmulatorJson.ToNode(InputSchema),
            ["annotations"] = new JsonObject
            {
                ["title"] = Title,
                ["readOnlyHint"] = ReadsOnly,
                ["destructiveHint"] = Destroys,
            },
        };

    /// <summary>Refuses arguments that do not meet the schema.</summary>
    /// <exception cref="ApiException">They do not; the message names the argument.</exception>
    public void Check(JsonElement values) => check.Value.Check(values, "'arguments'");

    /// <summary>Returns the request of the operation, on behalf of the sender of <paramref name="outer"/>.</summary>
    public IncomingRequest Request(JsonElement values, IncomingRequest outer)
    {
        var path = operation.Path;
        var query = new List<string>();
        if (Constant.Length > 0)
        {
            query.Add(Constant);
        }

        var body = new JsonObject();
        if (EmptyMember is not null)
        {
            body[EmptyMember] = new JsonObject();
        }

        foreach (var argument in arguments)
        {
            if (values.Member(argument.Name) is not { } value)
            {
                continue;
            }

            var text = Uri.EscapeDataString(value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText());
            if (argument.Place == McpPlace.Path)
            {
                path = path.Replace("{" + argument.Target + "}", text);
            }
            else if (argument.Place == McpPlace.Query)
            {
                query.Add(argument.Target + "=" + text);
            }
            else
            {
                body[argument.Target] = EmulatorJson.ToNode(value);
            }
        }

        return new IncomingRequest(operation.Method, path, string.Join("&", query), outer.Headers, "application/json")
        {
            Body = body.Count > 0 ? EmulatorJson.ToBytes(body) : Array.Empty<byte>(),
        };
    }

    private JsonElement MakeSchema()
    {
        var properties = new JsonObject();
        foreach (var argument in arguments)
        {
            properties[argument.Name] = JsonNode.Parse(argument.Schema);
        }

        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties };
        var required = arguments.Where(argument => argument.Required).Select(argument => (JsonNode)argument.Name).ToArray();
        if (required.Length > 0)
        {
            schema["required"] = new JsonArray(required);
        }

        schema["additionalProperties"] = false;
        return EmulatorJson.Freeze(schema);
    }
}
