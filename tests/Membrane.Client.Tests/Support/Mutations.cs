using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using CsCheck;

namespace Membrane.Client.Tests.Support;

/// <summary>Makes inputs of real ones: bits are turned over, parts cut off, doubled and put in, and what parsers stumble over is mixed in.</summary>
internal static class Mutations
{
    // Text that has gone wrong somewhere before.
    private static readonly string[] Odd =
    [
        "null",
        "true",
        "\"\"",
        "{}",
        "[]",
        "{",
        "}",
        "[",
        "]",
        "\"",
        ",",
        ":",
        "\\",
        "\\\\",
        "\\u0000",
        "\\ud800",
        "\\udc00",
        "\\ud83d\\ude00",
        "\\u001b[31m",
        "\u001b]0;x\u0007",
        "\u202e",
        "\u2028",
        "\0",
        "\uFEFF",
        "\r\n",
        "\r",
        "\n",
        " ",
        "\t",
        "0",
        "-0",
        "-1",
        "1e999",
        "-1e-999",
        "0.1",
        "1E+2",
        "9223372036854775808",
        "123456789012345678901234567890.12345678901234567890",
        "NaN",
        "1e2147483648",
        "%",
        "%00",
        "%zz",
        "%2e%2e%2f",
        "../",
        "..\\",
        "//",
        "http://evil.example",
        "user:password@",
        "?",
        "#",
        "&",
        "=",
        ";",
        "+",
        "*",
        "$ref",
        "$(x)",
        "`",
        "'",
        "<script>",
        "---",
        "&a",
        "*a",
        "!!binary",
        "__proto__",
        "items",
        "cursor",
        "key",
        "id",
        "error",
        "\u00e9",
        "日本語",
        "\U0001F600",
        "a\u0301",
        "2026-02-30T25:61:61Z",
        "9999-12-31T23:59:59.9999999+14:00",
    ];

    private static readonly Gen<(int Kind, int Place, int Other, int Which)> Mutation = Gen.Select(
        Gen.Int[0, 9],
        Gen.Int[0, 1_000_000],
        Gen.Int[0, 1_000_000],
        Gen.Int[0, Odd.Length - 1]
    );

    /// <summary>Makes bytes of real ones.</summary>
    public static Gen<byte[]> OfBytes(params byte[][] corpus) =>
        Gen.Select(Gen.Int[0, corpus.Length - 1], Gen.Int[0, corpus.Length - 1], Mutation.Array[0, 8])
            .Select(choice =>
            {
                var bytes = corpus[choice.Item1].ToList();
                foreach (var mutation in choice.Item3)
                {
                    Apply(bytes, mutation, corpus[choice.Item2]);
                }

                return bytes.ToArray();
            });

    /// <summary>Makes UTF-8, or nearly so, of real text.</summary>
    public static Gen<byte[]> OfUtf8(params string[] corpus) => OfBytes([.. corpus.Select(Encoding.UTF8.GetBytes)]);

    /// <summary>Makes text of real text, which may have halves of surrogate pairs.</summary>
    public static Gen<string> OfText(params string[] corpus) =>
        Gen.Select(OfUtf8(corpus), Gen.Int[0, 9], Gen.Int[0, 1_000_000])
            .Select(choice =>
            {
                var text = Encoding.UTF8.GetString(choice.Item1);
                return choice.Item2 > 0 ? text
                    : text.Length == 0 ? "\ud800"
                    : text.Insert(choice.Item3 % text.Length, choice.Item3 % 2 == 0 ? "\ud83d" : "\ude00");
            });

    private static void Apply(List<byte> bytes, (int Kind, int Place, int Other, int Which) mutation, byte[] other)
    {
        var place = mutation.Place % (bytes.Count + 1);
        var length = Math.Min(mutation.Other % 40, bytes.Count - place);
        switch (mutation.Kind)
        {
            case 0 when place < bytes.Count:
                bytes[place] ^= (byte)(1 << (mutation.Other % 8));
                break;
            case 1 when place < bytes.Count:
                bytes[place] = (byte)mutation.Other;
                break;
            case 2:
                bytes.RemoveRange(place, length);
                break;
            case 3:
                bytes.InsertRange(place, bytes.GetRange(place, length));
                break;
            case 4:
                bytes.RemoveRange(place, bytes.Count - place);
                break;
            case 5:
                // Deep, or long.
                var part = Encoding.UTF8.GetBytes(Odd[mutation.Which]);
                bytes.InsertRange(place, Enumerable.Repeat(part, mutation.Other % 300).SelectMany(static one => one));
                break;
            case 6:
                var start = mutation.Other % (other.Length + 1);
                bytes.InsertRange(place, other.AsSpan(start, Math.Min(200, other.Length - start)).ToArray());
                break;
            case 7 when place < bytes.Count:
                // One value in place of another, so that the rest is read.
                var end = bytes.FindIndex(place, static letter => letter is (byte)',' or (byte)'}' or (byte)']' or (byte)'&' or (byte)'\n');
                bytes.RemoveRange(place, (end < 0 ? bytes.Count : end) - place);
                bytes.InsertRange(place, Encoding.UTF8.GetBytes(Odd[mutation.Which]));
                break;
            default:
                bytes.InsertRange(place, Encoding.UTF8.GetBytes(Odd[mutation.Which]));
                break;
        }
    }
}
