using System;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace Membrane.Client.Checkpoints;

/// <summary>The lines of a checkpoint file behind the first: <c>state identity checksum</c>, and the seal at a regular end.</summary>
internal static class CheckpointLine
{
    /// <summary>No line is longer, not even the first.</summary>
    public const int MaxLength = 64 * 1024;

    private const char Seal = 'E';

    /// <summary>Returns the line of the state of an input.</summary>
    public static string Write(Guid identity, CheckpointState state) => Write(Letter(state), identity.ToString("N"));

    /// <summary>Returns the line that ends a file after a number of lines.</summary>
    public static string WriteSeal(int lines) => Write(Seal, lines.ToString("D32", CultureInfo.InvariantCulture));

    /// <summary>Reads the state of an input.</summary>
    public static bool TryRead(string line, out Guid identity, out CheckpointState state)
    {
        state = CheckpointState.None;
        return TrySplit(line, out var letter, out var content) & Guid.TryParseExact(content, "N", out identity)
            && TryState(letter, out state);
    }

    /// <summary>Reads how many lines are before a seal.</summary>
    public static bool TryReadSeal(string line, out int lines)
    {
        lines = 0;
        return TrySplit(line, out var letter, out var content)
            && letter == Seal
            && int.TryParse(content, NumberStyles.None, CultureInfo.InvariantCulture, out lines);
    }

    /// <summary>Whether a text may be the beginning of a line whose end did not reach the disk.</summary>
    public static bool CanBegin(string text) =>
        text.Length < Write(Guid.Empty, CheckpointState.None).Length - 1
        && text.All(static character =>
            character is ' ' or (>= '0' and <= '9') or (>= 'a' and <= 'f') or (>= 'A' and <= 'F') or 'S' or 'N'
        );

    private static string Write(char letter, string content)
    {
        var text = letter + " " + content;
        return text + " " + Checksum(text) + "\n";
    }

    private static bool TrySplit(string line, out char letter, out string content)
    {
        var parts = line.Split(' ');
        letter = default;
        content = string.Empty;
        if (parts.Length != 3 || parts[0].Length != 1 || Checksum(parts[0] + " " + parts[1]) != parts[2])
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
