using System;
using System.Text;
using System.Text.Json;
using Membrane.Client.Json;
using Membrane.Client.Transport;

namespace Membrane.Client.Requests;

/// <summary>The bytes and the media type of a body of any kind.</summary>
internal static class RequestBody
{
    private const string JsonType = "application/json";

    /// <exception cref="MembraneInputException">The body has no form in JSON, or text that should be JSON is not.</exception>
    public static (byte[] Content, string ContentType) Make(object body, string? contentType, IObjectAdapter objects)
    {
        if (contentType is not null && (string.IsNullOrWhiteSpace(contentType) || !HeaderText.IsValid(contentType)))
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                "ContentType",
                "The value of ContentType is not a media type.",
                "Pass one such as application/json or text/csv."
            );
        }

        switch (objects.Unwrap(body))
        {
            case byte[] bytes:
                return (bytes, contentType ?? "application/octet-stream");
            case string text:
                var content = Encoding.UTF8.GetBytes(LenientJsonText.Check(text, "Body"));
                if (IsJson(contentType))
                {
                    CheckJson(content);
                }

                return (content, contentType ?? JsonType);
            default:
                if (!IsJson(contentType))
                {
                    throw new MembraneInputException(
                        ErrorIds.InvalidInput,
                        "Body",
                        $"The value of Body is an object, which is sent as JSON, but ContentType says '{contentType}'.",
                        "Pass text or bytes with a media type of their own."
                    );
                }

                return (JsonValueWriter.ToBytes(body, objects, "Body"), contentType ?? JsonType);
        }
    }

    private static bool IsJson(string? contentType) =>
        contentType is null || contentType.IndexOf("json", StringComparison.OrdinalIgnoreCase) >= 0;

    private static void CheckJson(byte[] text)
    {
        try
        {
            var reader = new Utf8JsonReader(text);
            while (reader.Read())
            {
                // Reading to the end finds what is wrong.
            }
        }
        catch (JsonException exception)
        {
            throw new MembraneInputException(
                ErrorIds.InvalidJson,
                "Body",
                $"The value of Body cannot be used. {JsonFailure.WithoutText(exception).Message}",
                "Pass a hashtable or an object, or say with ContentType what it is.",
                JsonFailure.WithoutText(exception)
            );
        }
    }
}
