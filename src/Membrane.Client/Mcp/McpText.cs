using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using Membrane.Client.Json;

namespace Membrane.Client.Mcp;

/// <summary>Reads what a client sends: one message, or a batch of them.</summary>
internal static class McpText
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The size that a message may have: more than the service takes.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>Reads messages. One that cannot be read is a message with a problem.</summary>
    /// <param name="utf8">The JSON text.</param>
    /// <param name="isBatch">Whether it is a batch.</param>
    public static IReadOnlyList<McpMessage> Read(byte[] utf8, out bool isBatch)
    {
        isBatch = false;
        try
        {
            // The parser does not look into text; what is not UTF-8 would only be found where the text is used.
            StrictUtf8.GetCharCount(utf8);
            var json = JsonNodes.Parse(WithoutMark(utf8));
            isBatch = json.ValueKind == JsonValueKind.Array && json.GetArrayLength() > 0;
            return isBatch ? json.EnumerateArray().Select(McpMessage.Of).ToArray() : [McpMessage.Of(json)];
        }
        catch (DecoderFallbackException)
        {
            return [McpMessage.Unreadable(McpException.ParseError, "The message is not valid UTF-8.")];
        }
        catch (JsonException exception)
        {
            return
            [
                IsJson(utf8)
                    ? TooDeep()
                    : McpMessage.Unreadable(McpException.ParseError, "The message is not valid JSON: " + At(exception)),
            ];
        }
    }

    /// <summary>Makes the message that stands for one that is too long.</summary>
    public static McpMessage TooLong() =>
        McpMessage.Unreadable(McpException.InvalidRequest, $"The message is longer than {MaxBytes / 1024 / 1024} MB.");

    private static ReadOnlyMemory<byte> WithoutMark(byte[] utf8) =>
        utf8.Length >= 3 && utf8[0] == 0xEF && utf8[1] == 0xBB && utf8[2] == 0xBF ? utf8.AsMemory(3) : utf8;

    private static McpMessage TooDeep() =>
        McpMessage.Unreadable(
            McpException.InvalidRequest,
            $"The message is nested more than {JsonNodes.DeepEnough.MaxDepth} levels deep, which no input of an action may be."
        );

    // Not the parser's own words: they quote what was sent.
    private static string At(JsonException exception) =>
        exception.BytePositionInLine is { } position ? $"it goes wrong at byte {position}." : "it ends too early.";

    private static bool IsJson(byte[] utf8)
    {
        var reader = new Utf8JsonReader(WithoutMark(utf8).Span, new JsonReaderOptions { MaxDepth = int.MaxValue });
        try
        {
            while (reader.Read())
            {
                // Only whether it can be read matters.
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
