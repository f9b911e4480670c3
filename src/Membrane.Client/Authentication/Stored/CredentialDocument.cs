using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Text.Json;

namespace Membrane.Client.Authentication.Stored;

/// <summary>
/// The bytes of the credentials file with our one member found in them. The file is shared with other programs, so
/// whatever stands outside of that member is taken over byte for byte: it is never parsed into values and written again.
/// </summary>
internal sealed class CredentialDocument
{
    /// <summary>The name of our member at the top of the file.</summary>
    public const string MemberName = "membrane-powershell";

    private const int MaxDepth = 1000;

    private readonly byte[] content;
    private readonly List<(int Start, int End)> members = [];
    private readonly int ours = -1;
    private readonly int insideStart;
    private readonly int valueStart;

    private CredentialDocument(byte[] content)
    {
        this.content = content;
        var offset = content.AsSpan().StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;
        if (IsBlank(content, offset))
        {
            return;
        }

        var reader = new Utf8JsonReader(content.AsSpan(offset), new JsonReaderOptions { MaxDepth = MaxDepth });
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("Its content is not a JSON object.");
        }

        insideStart = offset + (int)reader.BytesConsumed;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var start = offset + (int)reader.TokenStartIndex;
            var isOurs = reader.ValueTextEquals(MemberName);
            reader.Read();
            var value = offset + (int)reader.TokenStartIndex;
            reader.Skip();
            if (isOurs && ours >= 0)
            {
                throw new JsonException($"It has two members '{MemberName}'.");
            }

            if (isOurs)
            {
                ours = members.Count;
                valueStart = value;
            }

            members.Add((start, offset + (int)reader.BytesConsumed));
        }

        // Throws where something follows the object.
        reader.Read();
    }

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Our member's value; empty where there is none.</summary>
    public ReadOnlyMemory<byte> Section => ours < 0 ? default : content.AsMemory(valueStart, members[ours].End - valueStart);

    /// <exception cref="JsonException">The bytes are not a JSON object.</exception>
    public static CredentialDocument Parse(byte[] content)
    {
        try
        {
            return new(content);
        }
        catch (InvalidOperationException exception)
        {
            throw new JsonException("A name in it is not valid Unicode.", exception);
        }
    }

    /// <summary>The bytes with another value of our member.</summary>
    public byte[] With(byte[] section)
    {
        using var result = new MemoryStream();
        if (insideStart == 0)
        {
            Write(result, "{\n  \"" + MemberName + "\": ");
            Write(result, section);
            Write(result, "\n}\n");
        }
        else if (ours >= 0)
        {
            result.Write(content, 0, valueStart);
            Write(result, section);
            WriteRest(result, members[ours].End);
        }
        else
        {
            var place = members.Count == 0 ? insideStart : members[members.Count - 1].End;
            result.Write(content, 0, place);
            Write(result, (members.Count == 0 ? "\n  \"" : ",\n  \"") + MemberName + "\": ");
            Write(result, section);
            Write(result, members.Count == 0 ? "\n" : string.Empty);
            WriteRest(result, place);
        }

        return result.ToArray();
    }

    /// <summary>The bytes without our member.</summary>
    public byte[] Without()
    {
        if (ours < 0)
        {
            return content;
        }

        // With the comma that parts it from its neighbour.
        var isLast = ours == members.Count - 1;
        var start = isLast && ours > 0 ? members[ours - 1].End : members[ours].Start;
        var end = isLast ? members[ours].End : members[ours + 1].Start;
        using var result = new MemoryStream();
        result.Write(content, 0, start);
        WriteRest(result, end);
        return result.ToArray();
    }

    private static bool IsBlank(byte[] content, int offset)
    {
        for (var index = offset; index < content.Length; index++)
        {
            if (content[index] is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
            {
                return false;
            }
        }

        return true;
    }

    private static void Write(MemoryStream target, string text) => Write(target, Encoding.UTF8.GetBytes(text));

    private static void Write(MemoryStream target, byte[] bytes) => target.Write(bytes, 0, bytes.Length);

    private void WriteRest(MemoryStream target, int start) => target.Write(content, start, content.Length - start);
}
