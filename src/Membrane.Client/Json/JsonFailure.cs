using System;
using System.Text.Json;

namespace Membrane.Client.Json;

/// <summary>What the framework says of text that is not JSON. It quotes the text, which may hold a secret.</summary>
internal static class JsonFailure
{
    /// <summary>Returns a failure that says where the text is not JSON, and quotes nothing of it.</summary>
    public static Exception WithoutText(Exception exception) =>
        exception is JsonException { LineNumber: { } line, BytePositionInLine: var position }
            ? new JsonException($"It is not JSON from line {line + 1}, byte {position + 1} on.", null, line, position)
            : exception;
}
