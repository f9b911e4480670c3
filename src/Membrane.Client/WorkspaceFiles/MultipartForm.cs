using System;
using System.IO;
using System.Text;

namespace Membrane.Client.WorkspaceFiles;

/// <summary>A form with a field and a file, as browsers send it.</summary>
internal static class MultipartForm
{
    public static (byte[] Body, string ContentType) Make((string Name, string Value) field, string fileField, string fileName, byte[] file)
    {
        var boundary = "membrane-" + Guid.NewGuid().ToString("N");
        using var body = new MemoryStream();
        Write(body, $"--{boundary}\r\nContent-Disposition: form-data; name=\"{field.Name}\"\r\n\r\n{field.Value}\r\n");
        Write(
            body,
            $"--{boundary}\r\nContent-Disposition: form-data; name=\"{fileField}\"; filename=\"{fileName}\"\r\nContent-Type: "
                + $"application/zip\r\n\r\n"
        );
        body.Write(file, 0, file.Length);
        Write(body, $"\r\n--{boundary}--\r\n");
        return (body.ToArray(), $"multipart/form-data; boundary={boundary}");
    }

    private static void Write(MemoryStream stream, string text)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        stream.Write(bytes, 0, bytes.Length);
    }
}
