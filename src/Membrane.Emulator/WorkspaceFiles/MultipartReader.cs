using System;
using System.Collections.Generic;
using System.Text;
using System.Text.RegularExpressions;
using Membrane.Emulator.Http;

namespace Membrane.Emulator.WorkspaceFiles;

/// <summary>The fields of a form of the type multipart/form-data.</summary>
internal static class MultipartReader
{
    private const int MaximumFields = 16;

    private static readonly Regex Boundary = new(
        "^multipart/form-data\\s*;(?:.*;)?\\s*boundary=(?:\"(?<b>[^\"]{1,70})\"|(?<b>[^\\s;\"]{1,70}))\\s*(?:;|$)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    );

    private static readonly Regex FieldName = new(
        "^content-disposition:\\s*form-data\\s*;(?:.*;)?\\s*name=(?:\"(?<n>[^\"]*)\"|(?<n>[^\\s;\"]+))",
        RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant
    );

    /// <exception cref="ApiException">It is not such a form.</exception>
    public static IReadOnlyDictionary<string, byte[]> Read(byte[] body, string? contentType)
    {
        var type = Boundary.Match(contentType ?? "");
        if (!type.Success)
        {
            throw ApiException.BadRequest("The body must be a form: Content-Type is not multipart/form-data with a boundary.");
        }

        var mark = Encoding.UTF8.GetBytes("\r\n--" + type.Groups["b"].Value);
        var text = new byte[body.Length + 2];
        text[0] = (byte)'\r';
        text[1] = (byte)'\n';
        body.CopyTo(text, 2);

        var fields = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var position = Find(text, mark, 0);
        if (position < 0)
        {
            throw Broken("its boundary is not in it");
        }

        while (true)
        {
            position += mark.Length;
            if (StartsWith(text, position, "--"))
            {
                return fields;
            }

            if (!StartsWith(text, position, "\r\n"))
            {
                throw Broken("a boundary is not at the end of its line");
            }

            var end = Find(text, mark, position);
            if (end < 0)
            {
                throw Broken("it has no end");
            }

            Take(fields, text.AsSpan(position + 2, Math.Max(0, end - position - 2)));
            position = end;
        }
    }

    private static void Take(Dictionary<string, byte[]> fields, ReadOnlySpan<byte> part)
    {
        var headers = part.IndexOf(HeaderEnd);
        if (headers < 0)
        {
            throw Broken("a part has no end of its headers");
        }

        var name = FieldName.Match(Encoding.UTF8.GetString(part.Slice(0, headers).ToArray()));
        if (!name.Success)
        {
            throw Broken("a part has no name");
        }

        if (fields.ContainsKey(name.Groups["n"].Value) || fields.Count == MaximumFields)
        {
            throw Broken($"a field is there twice, or there are more than {MaximumFields}");
        }

        fields.Add(name.Groups["n"].Value, part.Slice(headers + HeaderEnd.Length).ToArray());
    }

    private static ReadOnlySpan<byte> HeaderEnd => new[] { (byte)'\r', (byte)'\n', (byte)'\r', (byte)'\n' };

    private static bool StartsWith(byte[] text, int position, string what) =>
        position + what.Length <= text.Length && text[position] == what[0] && text[position + 1] == what[1];

    private static int Find(byte[] text, byte[] mark, int from)
    {
        var found = text.AsSpan(from).IndexOf(mark);
        return found < 0 ? -1 : from + found;
    }

    private static ApiException Broken(string why) => ApiException.BadRequest($"The body is not a valid form: {why}.");
}
