using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace Membrane.Client.Checkpoints;

/// <summary>The first line of a checkpoint: a JSON object that says what the batch does, and for whom.</summary>
internal static class CheckpointHeader
{
    private const string Format = "membrane-checkpoint";
    private const int Version = 2;

    /// <summary>Returns the line, its line break included.</summary>
    public static byte[] Write(IReadOnlyDictionary<string, string> purpose)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("format", Format);
            writer.WriteNumber("version", Version);
            foreach (var entry in purpose)
            {
                writer.WriteString(entry.Key, entry.Value);
            }

            writer.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    /// <summary>Returns whether a text is how the line begins.</summary>
    public static bool IsBeginning(string text, IReadOnlyDictionary<string, string> purpose) =>
        Encoding.ASCII.GetString(Write(purpose)).StartsWith(text, StringComparison.Ordinal);

    /// <summary>Reads the line.</summary>
    /// <param name="line">The line, without its line break.</param>
    /// <param name="name">What messages call the checkpoint.</param>
    /// <exception cref="InvalidDataException">It is no such line.</exception>
    /// <exception cref="MembraneException">It is of another version.</exception>
    public static IReadOnlyDictionary<string, string> Read(string line, string name)
    {
        Dictionary<string, string> found;
        try
        {
            using var document = JsonDocument.Parse(line);
            found = document
                .RootElement.EnumerateObject()
                .ToDictionary(static property => property.Name, static property => property.Value.ToString(), StringComparer.Ordinal);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new InvalidDataException("The first line is not JSON.", exception);
        }

        if (!found.TryGetValue("format", out var format) || format != Format)
        {
            throw new InvalidDataException("The first line is of something else.");
        }

        return found.TryGetValue("version", out var version) && version == Version.ToString(CultureInfo.InvariantCulture)
            ? found
            : throw new MembraneException(
                ErrorIds.CheckpointMismatch,
                version == "1"
                    ? $"The {name} is of an earlier version of this library, which did not write down for which workspace and tenant it is."
                    : $"The {name} has version '{version}' of the form, and this library knows version {Version}.",
                "Finish the batch with the version that began it, or choose another checkpoint and check by hand what was done already."
            );
    }

    /// <summary>Refuses a checkpoint of another batch.</summary>
    /// <param name="found">What its first line says.</param>
    /// <param name="purpose">What the batch does.</param>
    /// <param name="name">What messages call the checkpoint.</param>
    /// <exception cref="MembraneException">It is of another batch.</exception>
    public static void Require(IReadOnlyDictionary<string, string> found, IReadOnlyDictionary<string, string> purpose, string name)
    {
        foreach (var wanted in purpose)
        {
            if (!found.TryGetValue(wanted.Key, out var value) || value != wanted.Value)
            {
                throw new MembraneException(
                    ErrorIds.CheckpointMismatch,
                    $"The {name} belongs to another batch: its {wanted.Key} is '{value}', not '{wanted.Value}'.",
                    "Choose another checkpoint for this batch."
                );
            }
        }
    }
}
