using System;
using System.Linq;
using System.Text;
using System.Text.Json;
using CsCheck;
using Membrane.Client.Tests.Support;
using Membrane.Client.Transport;
using Xunit;
using Xunit.Abstractions;

namespace Membrane.Client.Tests.Fuzzing;

/// <summary>
/// A secret is in no string of an answer that has been cleaned, whatever escapes its letters came in. The oracle is System.Text.Json.
/// </summary>
public sealed class SecretFuzz(ITestOutputHelper output)
{
    private const string Letters = "abcXYZ019-_.~+/=\\\"%&<>'{}u4";

    // What an account token may have, and what a JWT has.
    private static readonly Gen<string> Secrets = Gen.Select(Gen.Char[Letters].Array[6, 24], Gen.Bool)
        .Select(static made => (made.Item2 ? "pat-" : "") + new string(made.Item1))
        .Where(static secret => secret[0] is not ('\\' or '%'));

    private static readonly Gen<string> Around = Gen.Char["ab \\\"\n%/u005\u00e9"]
        .Array[0, 12]
        .Select(static letters => new string(letters));

    [Fact]
    public void In_no_string_of_JSON()
    {
        var cases = Gen.Select(Secrets, Around, Around, Gen.Int[0, 9].Array[1, 40], Gen.Int[0, 2]);
        Fuzz.Check(
            cases,
            output,
            static made =>
            {
                (var secret, var before, var after, var ways, var depth) = made;
                var inner = Escape(before, [0]) + Escape(secret, ways) + Escape(after, [1, 0]);
                var json = $$"""{"{{inner}}":["{{inner}}",{"message":"{{inner}}"}],"other":"text"}""";
                for (var level = 0; level < depth; level++)
                {
                    json = "{\"nested\":" + JsonSerializer.Serialize(json) + "}";
                }

                using (var whole = JsonDocument.Parse(json))
                {
                    Assert.True(Says(whole.RootElement, secret), "The test sends no secret.");
                }

                var bytes = Encoding.UTF8.GetBytes(json);
                SecretText.Hide(bytes, Encoding.UTF8.GetBytes(secret));

                Assert.DoesNotContain(secret, Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
                using var hidden = JsonDocument.Parse(bytes);
                Assert.False(Says(hidden.RootElement, secret), Encoding.UTF8.GetString(bytes));
                if (depth == 0)
                {
                    Assert.Equal("text", hidden.RootElement.GetProperty("other").GetString());
                }
            },
            3000
        );
    }

    [Fact]
    public void What_is_not_the_secret_stays()
    {
        Fuzz.Check(
            Gen.Select(Secrets, Mutations.OfUtf8("""{"message":"\\u0070 100% C:\\\\pat","data":["%41","\u0041","pat-"]}""")),
            output,
            static made =>
            {
                (var secret, var bytes) = made;
                var before = (byte[])bytes.Clone();
                SecretText.Hide(bytes, Encoding.UTF8.GetBytes(secret));
                for (var index = 0; index < bytes.Length; index++)
                {
                    Assert.True(bytes[index] == before[index] || bytes[index] == (byte)'*');
                }

                var again = (byte[])bytes.Clone();
                SecretText.Hide(again, Encoding.UTF8.GetBytes(secret));
                Assert.Equal(bytes, again);
            },
            2000
        );
    }

    [Fact]
    public void Long_runs_of_backslashes_are_read_once()
    {
        var bytes = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(new string('\\', 100_000) + "pat-", 20)));

        SecretText.Hide(bytes, "pat-SECRETSECRET"u8);

        Assert.DoesNotContain((byte)'*', bytes);
    }

    // One letter after the other, each in the way that is its turn.
    private static string Escape(string text, int[] ways) =>
        string.Concat(
            text.Select(
                (letter, index) =>
                    ways[index % ways.Length] switch
                    {
                        1 => $"\\u{(int)letter:x4}",
                        2 => $"\\u{(int)letter:X4}",
                        3 when letter == '/' => "\\/",
                        _ => letter is '"' or '\\' ? "\\" + letter
                        : letter == '\n' ? "\\n"
                        : letter.ToString(),
                    }
            )
        );

    private static bool Says(JsonElement value, string secret) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => value.EnumerateObject().Any(member => IsSaid(member.Name, secret) || Says(member.Value, secret)),
            JsonValueKind.Array => value.EnumerateArray().Any(item => Says(item, secret)),
            JsonValueKind.String => IsSaid(value.GetString()!, secret),
            _ => false,
        };

    private static bool IsSaid(string text, string secret)
    {
        if (text.Contains(secret, StringComparison.Ordinal))
        {
            return true;
        }

        if (!text.StartsWith('{'))
        {
            return false;
        }

        try
        {
            using var inner = JsonDocument.Parse(text);
            return Says(inner.RootElement, secret);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
