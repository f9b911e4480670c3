using System;
using System.Globalization;
using System.IO;
using System.Text;
using System.Text.Json;

namespace Membrane.Client.Checkpoints;

/// <summary>What a line of a checkpoint says beside the state of an input, for people. Nothing is decided by it.</summary>
internal sealed class CheckpointNote
{
    /// <summary>The most letters of an input or a message that are kept.</summary>
    public const int MaxText = 1000;

    /// <summary>When the line was written.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>The key of the input; null where it is told apart by its content.</summary>
    public string? Key { get; init; }

    /// <summary>The input itself as JSON, or how it begins; null where it has a key.</summary>
    public string? Input { get; init; }

    /// <summary>The id of the run log.</summary>
    public string? RunId { get; init; }

    /// <summary>The name of the error.</summary>
    public string? ErrorId { get; init; }

    /// <summary>What the error says.</summary>
    public string? Message { get; init; }

    /// <summary>Returns the note as JSON on one line, in ASCII.</summary>
    public string Write()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            Write(writer, "time", Time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            Write(writer, "key", Key);
            Write(writer, "input", Input);
            Write(writer, "run", RunId);
            Write(writer, "error", ErrorId);
            Write(writer, "message", Message);
            writer.WriteEndObject();
        }

        return Encoding.ASCII.GetString(stream.ToArray());
    }

    /// <summary>Reads a note; an empty one where the text is not JSON.</summary>
    public static CheckpointNote Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            return new CheckpointNote
            {
                Time = DateTimeOffset.TryParse(
                    Text(root, "time"),
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal,
                    out var time
                )
                    ? time
                    : null,
                Key = Text(root, "key"),
                Input = Text(root, "input"),
                RunId = Text(root, "run"),
                ErrorId = Text(root, "error"),
                Message = Text(root, "message"),
            };
        }
        catch (JsonException)
        {
            // The line is whole, by its checksum: a later version writes its notes in another form.
            return new CheckpointNote();
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static void Write(Utf8JsonWriter writer, string name, string? text)
    {
        if (text is not null)
        {
            writer.WriteString(name, Cut(text));
        }
    }

    private static string Cut(string text)
    {
        if (text.Length <= MaxText)
        {
            return text;
        }

        // Half a pair of surrogates is not valid text.
        var length = char.IsHighSurrogate(text[MaxText - 1]) ? MaxText - 1 : MaxText;
        return text.Remove(length) + "\u2026";
    }
}
