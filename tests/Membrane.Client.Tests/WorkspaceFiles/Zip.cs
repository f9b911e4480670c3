using System.IO;
using System.IO.Compression;
using System.Text;

namespace Membrane.Client.Tests.WorkspaceFiles;

/// <summary>Zip files of any names, also of those that nobody should write.</summary>
internal static class Zip
{
    public static byte[] Of(params (string Name, string Content)[] files)
    {
        using var stream = new MemoryStream();
        using (var writer = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((var name, var content) in files)
            {
                using var entry = writer.CreateEntry(name, CompressionLevel.Fastest).Open();
                entry.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        return stream.ToArray();
    }

    /// <summary>A small file that is many megabytes when unpacked.</summary>
    public static byte[] Bomb(string name, int megabytes)
    {
        using var stream = new MemoryStream();
        using (var writer = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = writer.CreateEntry(name, CompressionLevel.Optimal).Open();
            var piece = new byte[1024 * 1024];
            for (var count = 0; count < megabytes; count++)
            {
                entry.Write(piece);
            }
        }

        return stream.ToArray();
    }
}
