using System;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace Membrane.Client.Checkpoints;

/// <summary>
/// The lines of a checkpoint behind the first: <c>state identity checksum</c>, with a note behind it or not, and the seal at a regular end.
/// </summary>
internal static class CheckpointLine
{
    /// <summary>No line is longer, not even the first.</summary>
    public const int MaxLength = 64 * 1024;

    private const char Seal = 'E';

    // Letter, identity and checksum, with the blanks between them.
    private const int HeadLength = 43;

    /// <summary>Returns the line of the state of an input.</summary>
    /// <param name="identity">The input.</param>
    /// <param name="state">Its state.</param>
    /// <param name="note">A JSON object on one line, in ASCII; null for none.</param>
    public static string Write(Guid identity, CheckpointState state, string? note = null) =>
        Write(Letter(state), identity.ToString("N"), note);

    /// <summary>Returns the line that ends a file after a number of lines.</summary>
    public static string WriteSeal(int lines) => Write(Seal, lines.ToString("D32", CultureInfo.InvariantCulture), null);

    /// <summary>Reads the state of an input, and the note; empty where there is none.</summary>
    public static bool TryRead(string line, out Guid identity, out CheckpointState state, out string note)
    {
        state = CheckpointState.None;
        return TrySplit(line, out var letter, out var content, out note) & Guid.TryParseExact(content, "N", out identity)
            && TryState(letter, out state);
    }

    /// <summary>Reads how many lines are before a seal.</summary>
    public static bool TryReadSeal(string line, out int lines)
    {
        lines = 0;
        return TrySplit(line, out var letter, out var content, out _)
            && letter == Seal
            && int.TryParse(content, NumberStyles.None, CultureInfo.InvariantCulture, out lines);
    }

    /// <summary>Whether a text may be the beginning of a line whose end did not reach the disk.</summary>
    public static bool CanBegin(string text)
    {
        var head = text.Length <= HeadLength ? text : text.Substring(0, HeadLength);
        return head.All(static character =>
                character is ' ' or (>= '0' and <= '9') or (>= 'a' and <= 'f') or (>= 'A' and <= 'F') or 'S' or 'N'
            ) && (text.Length <= HeadLength || CanBeginNote(text.Substring(HeadLength)));
    }

    // What ends like a note is whole, and was found wanting by its checksum.
    private static bool CanBeginNote(string text) =>
        " {".StartsWith(text.Length > 2 ? text.Substring(0, 2) : text, StringComparison.Ordinal)
        && text.All(static character => character is >= ' ' and <= '~')
        && !text.EndsWith("\"}", StringComparison.Ordinal);

    private static string Write(char letter, string content, string? note)
    {
        var head = letter + " " + content;
        return note is null ? head + " " + Checksum(head) + "\n" : head + " " + Checksum(head + " " + note) + " " + note + "\n";
    }

    private static bool TrySplit(string line, out char letter, out string content, out string note)
    {
        var parts = line.Split([' '], 4);
        letter = default;
        content = string.Empty;
        note = parts.Length == 4 ? parts[3] : string.Empty;
        if (
            parts.Length < 3
            || parts[0].Length != 1
            || Checksum(parts[0] + " " + parts[1] + (parts.Length == 4 ? " " + note : string.Empty)) != parts[2]
        )
        {
            return false;
        }

        letter = parts[0][0];
        content = parts[1];
        return true;
    }

    private static char Letter(CheckpointState state) =>
        state switch
        {
            CheckpointState.Started => 'S',
            CheckpointState.Succeeded => 'D',
            CheckpointState.Failed => 'F',
            _ => 'N',
        };

    private static bool TryState(char letter, out CheckpointState state)
    {
        (var isKnown, state) = letter switch
        {
            'S' => (true, CheckpointState.Started),
            'D' => (true, CheckpointState.Succeeded),
            'F' => (true, CheckpointState.Failed),
            'N' => (true, CheckpointState.None),
            _ => (false, CheckpointState.None),
        };
        return isKnown;
    }

    private static string Checksum(string text)
    {
#if NET
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(text));
#else
        using var algorithm = SHA256.Create();
        var hash = algorithm.ComputeHash(Encoding.ASCII.GetBytes(text));
#endif
        return BitConverter.ToString(hash, 0, 4).Replace("-", string.Empty);
    }
}
