using System;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Membrane.Emulator.Contract;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;

namespace Membrane.Emulator.Pages;

/// <summary>
/// What a page is opened with: the query, the fields of a form, or a form's one field <c>payload</c> that holds it all as JSON.
/// </summary>
internal sealed class PageParameters
{
    private readonly QueryValues values;
    private readonly JsonElement payload;

    private PageParameters(QueryValues values, JsonElement payload)
    {
        this.values = values;
        this.payload = payload;
    }

    /// <exception cref="ApiException">The payload is not a JSON object.</exception>
    public static PageParameters Read(IncomingRequest request)
    {
        var values = QueryValues.Parse(request.Method == "POST" ? Encoding.UTF8.GetString(request.Body) : request.RawQuery);
        return new PageParameters(values, values.Text("payload") is { } text ? ParseObject("payload", text) : EmulatorJson.EmptyObject);
    }

    public string? Text(string name) => payload.Text(name) is { Length: > 0 } text ? text : values.Text(name);

    /// <summary>Returns true for true, and for the text 1 or true.</summary>
    public bool Flag(string name) =>
        payload.Flag(name) || values.Text(name) is { } text && (text == "1" || text.Equals("true", StringComparison.OrdinalIgnoreCase));

    /// <summary>Returns an object, in a form as JSON text.</summary>
    public JsonObject? Object(string name)
    {
        var value = payload.Member(name) ?? (values.Text(name) is { } text ? ParseObject(name, text) : null);
        return value is { ValueKind: JsonValueKind.Object } found ? EmulatorJson.Edit(found) : null;
    }

    private static JsonElement ParseObject(string name, string text)
    {
        try
        {
            if (EmulatorJson.ParseForeign(Encoding.UTF8.GetBytes(text)) is { ValueKind: JsonValueKind.Object } value)
            {
                return value;
            }
        }
        catch (JsonException)
        {
            // Reported below, as for any other value that is not an object.
        }

        throw ApiException.BadRequest($"'{name}' is not a JSON object.");
    }
}
