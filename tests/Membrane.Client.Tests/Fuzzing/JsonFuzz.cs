using System;
using System.Buffers;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Threading;
using CsCheck;
using Membrane.Client.Connections;
using Membrane.Client.Json;
using Membrane.Client.Paging;
using Membrane.Client.Tests.Support;
using Membrane.Client.Transport;
using Xunit;
using Xunit.Abstractions;

namespace Membrane.Client.Tests.Fuzzing;

/// <summary>JSON is read as System.Text.Json reads it, in one piece or in many.</summary>
public sealed class JsonFuzz(ITestOutputHelper output)
{
    private static readonly string[] Values =
    [
        """{"a":[1,2.5,-0,1e3,9223372036854775808,0.1234567890123456789],"b":{"c":null,"d":true,"d":"twice"},"e":"\u00e9\ud83d\ude00\n"}""",
        """[[],{},"",[[[[]]]],{"":{"":1}}]""",
        """{"items":[{"id":"c1"},{"id":"c2","x":{"y":[1]}}],"cursor":"n"}""",
        """  "text"  """,
        "1",
        "[0.000000000001,123456789012345678901234567890,1e400,-1e400]",
    ];

    [Fact]
    public void A_value_is_the_one_that_the_framework_reads()
    {
        Fuzz.Check(
            Mutations.OfUtf8(Values),
            output,
            static json =>
            {
                object? value;
                try
                {
                    value = JsonValueReader.Read(json, DictionaryObjectAdapter.Instance);
                }
                catch (Exception exception) when (exception is JsonException)
                {
                    Assert.False(IsReadByFramework(json), "The framework reads it.");
                    return;
                }

                using var document = JsonDocument.Parse(json);
                AssertSame(document.RootElement, value);
                byte[] written;
                try
                {
                    written = JsonValueWriter.ToBytes(value, DictionaryObjectAdapter.Instance, "Input");
                }
                catch (MembraneInputException)
                {
                    // Numbers without an end of digits, and halves of surrogate pairs.
                    return;
                }

                // A zero that is less than nothing is zero from then on.
                var again = Again(written);
                Assert.Equal(again, Again(again));
                using var second = JsonDocument.Parse(again);
                AssertSame(second.RootElement, JsonValueReader.Read(written, DictionaryObjectAdapter.Instance));
            },
            4000
        );
    }

    [Fact]
    public void A_page_in_pieces_is_the_page_in_one()
    {
        var pages = Gen.Select(
            Mutations.OfUtf8(
                """{"items":[{"id":"c1","name":"\u00e9\ud83d\ude00","x":{"y":[1,2.5]}},{"id":"c2"},{"id":"c3","name":"größe"}],"cursor":"n2"}""",
                """[{"id":"c1","state":"READY"},{"id":"c2","integration":{"id":"i","key":"k"}}]""",
                """{"cursor":7,"other":[{}],"items":[]}"""
            ),
            Gen.Int[1, 40].Array[1, 6]
        );
        Fuzz.Check(
            pages,
            output,
            static page =>
            {
                var whole = Read(new ReadOnlySequence<byte>(page.Item1), later: false);
                var pieces = Read(Split(page.Item1, page.Item2), later: false);
                var later = Read(Split(page.Item1, page.Item2), later: true);
                Assert.Equal(whole, pieces);

                // What is wrong with an item is found when it is read: the page is there, or not, as in the other ways.
                Assert.Equal(whole, later);
            },
            2000
        );
    }

    [Fact]
    public void A_large_page_of_any_shape_is_the_page_that_it_is_when_read_at_once()
    {
        var pages = Gen.Select(
            Mutations.OfUtf8(
                """{"items":[1,"a",null,{"id":"c1"},[2]],"cursor":"n2"}""",
                """{"data":[{"a":1}],"records":[true,1.5],"cursor":7,"outputs":{},"items":null}""",
                """[{"id":"c1"},2,"x"]""",
                """{"id":"x","runs":"none"}"""
            ),
            Gen.Int[1, 40].Array[1, 6]
        );
        Fuzz.Check(
            pages,
            output,
            static page =>
            {
                var body = Split(page.Item1, page.Item2);
                var whole = Shape(() =>
                    LenientPageReader.From(Value(new ReadOnlySequence<byte>(page.Item1)), DictionaryObjectAdapter.Instance)
                );
                var large = Shape(() =>
                {
                    var reader = new Utf8JsonReader(body);
                    reader.Read();
                    var read = LenientPageReader.FromLarge(
                        ref reader,
                        body,
                        DictionaryObjectAdapter.Instance,
                        static exception => new MembraneException("x", exception.Message)
                    );
                    while (reader.Read())
                    {
                        throw new JsonException("More.");
                    }

                    return read;
                });
                Assert.Equal(whole, large);
            },
            2000
        );
    }

    [Fact]
    public void A_body_is_read_whole_whatever_pieces_it_comes_in()
    {
        var bodies = Gen.Select(Gen.Int[0, 3_000_000], Gen.Int[1, 200_000].Array[1, 5], Gen.Int[1, 3_000_000], Gen.Bool);
        Fuzz.Check(
            bodies,
            output,
            static body =>
            {
                var bytes = new byte[body.Item1];
                new Random(body.Item1).NextBytes(bytes);
                using var content = new StreamContent(new Pieces(bytes, body.Item2));
                if (body.Item4)
                {
                    content.Headers.ContentLength = bytes.Length;
                }

                try
                {
                    using var read = ResponseBody.ReadAsync(content, body.Item3, CancellationToken.None).GetAwaiter().GetResult();
                    Assert.True(bytes.Length <= body.Item3);
                    Assert.True(read.Bytes.ToArray().AsSpan().SequenceEqual(bytes));
                    Assert.True(read.Detach().ToArray().AsSpan().SequenceEqual(bytes));
                }
                catch (ResponseTooLargeException)
                {
                    Assert.True(bytes.Length > body.Item3);
                }
            },
            150
        );
    }

    private static object? Value(ReadOnlySequence<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        var value = JsonValueReader.Read(ref reader, DictionaryObjectAdapter.Instance);
        while (reader.Read())
        {
            throw new JsonException("More.");
        }

        return value;
    }

    private static string Shape(Func<Page<object?>> read)
    {
        try
        {
            var page = read();
            return Encoding.UTF8.GetString(JsonValueWriter.ToBytes(page.Items.ToArray(), DictionaryObjectAdapter.Instance, "x"))
                + page.Cursor;
        }
        catch (MembraneInputException)
        {
            return "read";
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or MembraneException)
        {
            return "refused";
        }
    }

    private static byte[] Again(byte[] json) =>
        JsonValueWriter.ToBytes(JsonValueReader.Read(json, DictionaryObjectAdapter.Instance), DictionaryObjectAdapter.Instance, "Input");

    private static string Read(ReadOnlySequence<byte> body, bool later)
    {
        var items = new PageItemReader<Connection>(ConnectionReader.One, DictionaryObjectAdapter.Instance, null);
        var pages = new PageReader<Connection>(ConnectionReader.One);
        try
        {
            var reader = new Utf8JsonReader(body);
            reader.Read();
            var page = pages.Read(
                ref reader,
                (ref Utf8JsonReader atItems) =>
                    later
                        ? items.ReadLater(ref atItems, body, static exception => new MembraneException("x", exception.Message))
                        : items.ReadAll(ref atItems)
            );
            while (reader.Read())
            {
                throw new JsonException("More.");
            }

            return string.Join("|", page.Items.Select(Text)) + "#" + page.Cursor;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or MembraneException)
        {
            return "refused";
        }
    }

    private static string Text(Connection connection) =>
        $"{connection.Id},{connection.Name},{connection.State},{connection.TenantId},"
        + Encoding.UTF8.GetString(JsonValueWriter.ToBytes(connection.GetUnknownFields(), DictionaryObjectAdapter.Instance, "x"));

    private static ReadOnlySequence<byte> Split(byte[] bytes, int[] lengths)
    {
        var first = new BodySegment(ReadOnlyMemory<byte>.Empty);
        var last = first;
        var position = 0;
        for (var index = 0; position < bytes.Length; index++)
        {
            var length = Math.Min(lengths[index % lengths.Length], bytes.Length - position);
            last = last.Append(bytes.AsMemory(position, length));
            position += length;
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    // Numbers of any length, and halves of surrogate pairs, are what the client has rules of its own for.
    private static bool IsReadByFramework(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            Touch(document.RootElement);
            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static void Touch(JsonElement value)
    {
        foreach (var item in value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().ToArray() : [])
        {
            Touch(item);
        }

        foreach (var member in value.ValueKind == JsonValueKind.Object ? value.EnumerateObject().ToArray() : [])
        {
            _ = member.Name;
            Touch(member.Value);
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            _ = value.GetString();
        }
    }

    private static void AssertSame(JsonElement expected, object? actual)
    {
        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                var members = Assert.IsType<Dictionary<string, object?>>(actual);
                var names = new Dictionary<string, JsonElement>();
                foreach (var member in expected.EnumerateObject())
                {
                    if (TryText(() => member.Name) is { } name)
                    {
                        names[name] = member.Value;
                    }
                }

                foreach (var name in names)
                {
                    AssertSame(name.Value, members[name.Key]);
                }

                break;
            case JsonValueKind.Array:
                var items = Assert.IsType<object?[]>(actual);
                Assert.Equal(expected.GetArrayLength(), items.Length);
                foreach (var (item, index) in expected.EnumerateArray().Select(static (item, index) => (item, index)))
                {
                    AssertSame(item, items[index]);
                }

                break;
            case JsonValueKind.String:
                var text = Assert.IsType<string>(actual);
                if (TryText(expected.GetString) is { } same)
                {
                    Assert.Equal(same, text);
                }

                break;
            case JsonValueKind.Number:
                AssertSameNumber(expected.GetRawText(), actual!);
                break;
            case JsonValueKind.True or JsonValueKind.False:
                Assert.Equal(expected.GetBoolean(), actual);
                break;
            default:
                Assert.Null(actual);
                break;
        }
    }

    private static void AssertSameNumber(string raw, object actual)
    {
        if (actual is BigInteger large && raw.IndexOfAny(['.', 'e', 'E']) >= 0)
        {
            // Only what no double holds; of the fraction nothing is left.
            Assert.True(double.IsInfinity(double.Parse(raw, CultureInfo.InvariantCulture)));
            Assert.Equal(Whole(raw), large);
        }
        else if (actual is long or BigInteger)
        {
            Assert.True(raw.IndexOfAny(['.', 'e', 'E']) < 0);
            Assert.Equal(
                BigInteger.Parse(raw, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
                Convert.ToString(actual, CultureInfo.InvariantCulture)
            );
        }
        else
        {
            Assert.Equal(
                double.Parse(raw, CultureInfo.InvariantCulture),
                actual is decimal exact ? (double)exact : Assert.IsType<double>(actual),
                double.Parse(raw, CultureInfo.InvariantCulture) is var size && double.IsInfinity(size) ? 0 : Math.Abs(size) * 1e-15
            );
        }
    }

    // By arithmetic, not by moving digits.
    private static BigInteger Whole(string raw)
    {
        var parts = raw.Split('e', 'E');
        var exponent = parts.Length > 1 ? int.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0;
        var point = parts[0].IndexOf('.');
        exponent -= point < 0 ? 0 : parts[0].Length - point - 1;
        var mantissa = BigInteger.Parse(parts[0].Replace(".", string.Empty), CultureInfo.InvariantCulture);
        return exponent >= 0 ? mantissa * BigInteger.Pow(10, exponent) : BigInteger.Divide(mantissa, BigInteger.Pow(10, -exponent));
    }

    private static string? TryText(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, which the client keeps.
            return null;
        }
    }

    private sealed class Pieces(byte[] bytes, int[] lengths) : MemoryStream(bytes)
    {
        private int index;

        public override int Read(byte[] buffer, int offset, int count) =>
            base.Read(buffer, offset, Math.Min(count, lengths[index++ % lengths.Length]));

        public override System.Threading.Tasks.Task<int> ReadAsync(
            byte[] buffer,
            int offset,
            int count,
            CancellationToken cancellationToken
        ) => System.Threading.Tasks.Task.FromResult(Read(buffer, offset, count));
    }
}
