using System.IO;
using System.Text;

namespace Membrane.Client.Files;

/// <summary>Reads files whole, up to a limit: what a person names may be a device without an end, or a file of gigabytes.</summary>
internal static class WholeFile
{
    private const int BytesPerMegabyte = 1024 * 1024;
    private const int BufferBytes = 64 * 1024;

    /// <summary>Reads the bytes of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maxMegabytes">How large it may be.</param>
    /// <exception cref="IOException">It cannot be read, or is larger.</exception>
    /// <exception cref="System.UnauthorizedAccessException">It must not be read.</exception>
    public static byte[] Read(string path, int maxMegabytes)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return Read(stream, maxMegabytes);
    }

    /// <summary>Reads what is left of a file that is open.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="maxMegabytes">How large it may be.</param>
    /// <exception cref="IOException">It cannot be read, or is larger.</exception>
    public static byte[] Read(FileStream stream, int maxMegabytes)
    {
        // A device has no length, and a file may grow meanwhile: what is read counts.
        var limit = (long)maxMegabytes * BytesPerMegabyte;
        using var content = new MemoryStream();
        var buffer = new byte[BufferBytes];
        for (var read = -1; read != 0 && stream.Length <= limit && content.Length <= limit; )
        {
            read = stream.Read(buffer, 0, buffer.Length);
            content.Write(buffer, 0, read);
        }

        return stream.Length <= limit && content.Length <= limit
            ? content.ToArray()
            : throw new IOException($"It is larger than {maxMegabytes} MB.");
    }

    /// <summary>Reads the text of a file, in the encoding that its byte order mark names, or in UTF-8.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maxMegabytes">How large it may be.</param>
    /// <exception cref="IOException">It cannot be read, or is larger.</exception>
    /// <exception cref="System.UnauthorizedAccessException">It must not be read.</exception>
    public static string ReadText(string path, int maxMegabytes)
    {
        using var reader = new StreamReader(new MemoryStream(Read(path, maxMegabytes)), Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
