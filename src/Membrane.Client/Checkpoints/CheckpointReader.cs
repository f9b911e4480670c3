using System;
using System.IO;
using System.Text;

namespace Membrane.Client.Checkpoints;

/// <summary>
/// The lines of a checkpoint file and where they end, in bytes. Editors and git change line ends and put a byte order mark
/// in front: both are read as they are.
/// </summary>
internal sealed class CheckpointReader(Stream file)
{
    private readonly byte[] buffer = new byte[CheckpointLine.MaxLength];
    private readonly StringBuilder text = new();
    private int filled;
    private int next;

    /// <summary>The number of the line that was read last; the first is 1.</summary>
    public int Number { get; private set; }

    /// <summary>Where the line begins.</summary>
    public long Start { get; private set; }

    /// <summary>Where the line ends, its line break included.</summary>
    public long End { get; private set; }

    /// <summary>Whether a line break follows the line. Only the last can be without one.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>Reads the next line; null at the end.</summary>
    /// <exception cref="InvalidDataException">The line is longer than any line of a checkpoint file.</exception>
    public string? Read()
    {
        Start = End;
        text.Clear();
        IsEnded = false;
        while (!IsEnded && Next() is >= 0 and var value)
        {
            End++;
            IsEnded = value == '\n';
            if (!IsEnded)
            {
                text.Append((char)value);
            }

            if (text.Length > CheckpointLine.MaxLength)
            {
                throw new InvalidDataException("The line is too long.");
            }
        }

        if (End == Start)
        {
            return null;
        }

        Number++;
        var line = text.ToString();
        if (Number == 1 && line.StartsWith("\u00EF\u00BB\u00BF", StringComparison.Ordinal))
        {
            line = line.Substring(3);
        }

        return line.EndsWith("\r", StringComparison.Ordinal) ? line.Substring(0, line.Length - 1) : line;
    }

    private int Next()
    {
        if (next == filled)
        {
            next = 0;
            filled = file.Read(buffer, 0, buffer.Length);
        }

        return next < filled ? buffer[next++] : -1;
    }
}
