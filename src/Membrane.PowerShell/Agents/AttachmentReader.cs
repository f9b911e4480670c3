using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;
using Membrane.Client;
using Membrane.Client.Files;
using Membrane.Client.Json;

namespace Membrane.PowerShell.Agents;

/// <summary>
/// Makes attachments of what a person passes: a file becomes its text (or base64, if it is not text), a hashtable or object with title
/// and data becomes just that, a string is a path, and any other object is the data itself.
/// </summary>
internal static class AttachmentReader
{
    // The service takes requests of up to 10 MB.
    private const int MaxFileMegabytes = 10;

    public static IReadOnlyList<AgentAttachment> Read(PSObject?[]? attachments, Func<string, string> resolvePath) =>
        (attachments ?? []).Select((item, index) => Read(item, index + 1, resolvePath)).ToArray();

    private static AgentAttachment Read(PSObject? item, int number, Func<string, string> resolvePath) =>
        item?.BaseObject switch
        {
            null => throw Refuse("An attachment is null.", "Pass a path, a file, a hashtable with title and data, or any object."),
            string path => ReadFile(resolvePath(path)),
            FileInfo file => ReadFile(file.FullName),
            IDictionary members when Find(members, "title") is { } title => new AgentAttachment(Title(title), Find(members, "data")),
            PSCustomObject when item.Properties["title"]?.Value is { } title && item.Properties["data"] is { } data => new AgentAttachment(
                Title(title),
                data.Value
            ),
            _ => new AgentAttachment($"attachment {number.ToString(CultureInfo.InvariantCulture)}", item),
        };

    private static string Title(object title) =>
        Convert.ToString(title, CultureInfo.InvariantCulture) is { Length: > 0 } text
            ? text
            : throw Refuse("An attachment has an empty title.", "Give it one.");

    private static object? Find(IDictionary members, string name) =>
        members.Entries().FirstOrDefault(entry => string.Equals(entry.Key as string, name, StringComparison.OrdinalIgnoreCase)).Value;

    private static AgentAttachment ReadFile(string path)
    {
        try
        {
            var bytes = WholeFile.Read(path, MaxFileMegabytes);
            return new AgentAttachment(Path.GetFileName(path), TryDecode(bytes) ?? (object)Convert.ToBase64String(bytes));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Refuse(
                $"The file {path} cannot be read: {exception.Message}",
                "A text is taken for the path of a file; to attach the text itself, pass @{ title = '...'; data = '...' }.",
                exception
            );
        }
    }

    private static string? TryDecode(byte[] bytes)
    {
        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
            return text.IndexOf('\0') < 0 ? text.TrimStart('\uFEFF') : null;
        }
        catch (DecoderFallbackException)
        {
            // Not text.
            return null;
        }
    }

    private static MembraneInputException Refuse(string what, string advice, Exception? exception = null) =>
        new(ErrorIds.InvalidInput, "Attachment", what, advice, exception);
}
