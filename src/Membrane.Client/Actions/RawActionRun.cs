using System;
using System.Net;
using System.Text.Json;
using Membrane.Client.Json;

namespace Membrane.Client.Actions;

/// <summary>A finished run of an action, whose output is still JSON.</summary>
internal sealed class RawActionRun(JsonElement? output, string? actionRunId)
{
    /// <summary>Reads the answer to a run.</summary>
    /// <exception cref="JsonException">It is not one.</exception>
    public static RawActionRun Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("An object was expected.");
        }

        JsonElement? output = null;
        string? actionRunId = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var isOutput = reader.ValueTextEquals("output");
            var isId = reader.ValueTextEquals("actionRunId");
            reader.Read();
            if (isOutput)
            {
                output = JsonElement.ParseValue(ref reader);
            }
            else if (isId)
            {
                actionRunId = reader.TokenType == JsonTokenType.String ? reader.GetText() : null;
                reader.Skip();
            }
            else
            {
                reader.Skip();
            }
        }

        return new RawActionRun(output, actionRunId);
    }

    /// <summary>Returns the run with its output in a type of the caller's.</summary>
    /// <exception cref="MembraneResponseException">The output is not one of that type. The action has run.</exception>
    public TypedActionRun<TOutput> As<TOutput>(Func<JsonElement, TOutput?> read, string actionId, string? connectionId, TimeSpan duration)
    {
        var run = new ActionRun
        {
            ActionRunId = actionRunId,
            ActionId = actionId,
            ConnectionId = connectionId,
            Duration = duration,
        };
        try
        {
            return new TypedActionRun<TOutput>(output is { } json ? read(json) : default, run);
        }
        catch (Exception exception)
        {
            // The serializer runs code of the caller: constructors and converters may throw anything.
            throw new MembraneResponseException(
                ErrorIds.MalformedResponse,
                $"The action {actionId} has run ({actionRunId ?? "the service sends no id of the run"}), but its output is not a "
                    + $"{typeof(TOutput).Name}: {exception.Message}",
                "Do not run it again for that. Read the output from the record of the run, and correct the type.",
                HttpStatusCode.OK,
                exception
            )
            {
                Outcome = RequestOutcome.Unknown,
            };
        }
    }
}
