using System;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using CsCheck;
using Membrane.Client.Authentication.OAuth;
using Membrane.Client.Connections;
using Membrane.Client.Json;
using Membrane.Client.NativeCommands;
using Membrane.Client.Requests;
using Membrane.Client.Rows;
using Membrane.Client.Tests.Support;
using Membrane.Client.Tokens;
using Membrane.Client.Transport;
using Xunit;
using Xunit.Abstractions;

namespace Membrane.Client.Tests.Fuzzing;

/// <summary>Texts that people pass, and texts of strangers that are shown.</summary>
public sealed class TextFuzz(ITestOutputHelper output)
{
    private static readonly string[] Shown =
    [
        "A name\r\nwith \u001b[31mcolours\u001b[0m \u202eand \u200dmore\t.",
        "größe 日本語 \U0001F468\u200d\U0001F469",
        "http://user:p@ss/word@proxy:8080/x says https://other:secret@host?x",
        "\u2028\u2029\u0085\u009b1;1H",
    ];

    [Fact]
    public void Shown_text_has_nothing_that_a_screen_obeys() =>
        Fuzz.Check(
            Gen.Select(Mutations.OfText(Shown), Gen.Int[1, 60]),
            output,
            static made =>
            {
                var text = ShownText.Of(made.Item1);
                Assert.Equal(text, ShownText.Of(text));
                Assert.DoesNotContain(
                    Regex.Replace(text, "\r\n|[\n\t]", ""),
                    static letter => char.IsControl(letter) || letter is '\u202e' or '\u2028' or '\u2029'
                );
                var line = ShownText.OfLine(made.Item1, made.Item2);
                Assert.DoesNotContain(line, static letter => char.IsControl(letter) || letter is '\u202e' or '\u2028' or '\u2029');
                Assert.True(IsWellFormed(text) && IsWellFormed(line));
                Assert.True(line.Length <= (made.Item2 * 6) + 1);
            },
            4000
        );

    [Fact]
    public void No_password_of_an_address_is_left() =>
        Fuzz.Check(
            Mutations.OfText(Shown),
            output,
            static text =>
            {
                var hidden = UserInfo.Hide(text);
                Assert.Equal(hidden, UserInfo.Hide(hidden));
                Assert.DoesNotMatch(@"://(?!\*\*\*@)[^/\s?#]*@", hidden);
            },
            3000
        );

    [Fact]
    public void A_path_stays_below_its_address() =>
        Fuzz.Check(
            Gen.Select(
                Mutations.OfText(
                    "/connections?x=1&y=%2F",
                    "connections/a b/../c",
                    "https://api.example.com/base/actions",
                    "v1/x:y",
                    "a%2e%2e/b"
                ),
                Gen.Bool
            ),
            output,
            static made =>
            {
                var address = new Uri("https://api.example.com/base/");
                var prefix = made.Item2 ? "connections/c1/proxy/" : "";
                string path;
                try
                {
                    path = RequestAddress.Resolve(address, prefix, made.Item1);
                }
                catch (MembraneInputException exception)
                {
                    Assert.Equal("Path", exception.ParameterName);
                    return;
                }

                var target = new Uri(address, new Uri(path, UriKind.Relative));
                Assert.Equal("https://api.example.com", target.GetLeftPart(UriPartial.Authority));
                Assert.StartsWith("/base/" + prefix, target.AbsolutePath, StringComparison.Ordinal);
                Assert.Empty(target.Fragment);
                Assert.DoesNotContain(
                    made.Item2 ? Uri.UnescapeDataString(target.AbsolutePath).Split('/', '\\') : [],
                    static part => part is ".."
                );
            },
            4000
        );

    [Fact]
    public void A_selector_stays_one_segment() =>
        Fuzz.Check(
            Mutations.OfText("create-contact", "a/b", "..", "con_1?x=1#y", "größe"),
            output,
            static text =>
            {
                string checkedText;
                try
                {
                    checkedText = Selector.Check(text, "Action");
                }
                catch (MembraneInputException)
                {
                    return;
                }

                var target = new Uri(new Uri("https://api.example.com/base/"), ApiRequest.Get("actions", checkedText, "run").Target);
                Assert.Equal(5, target.AbsolutePath.Split('/').Length);
                Assert.StartsWith("/base/actions/", target.AbsolutePath, StringComparison.Ordinal);
                Assert.EndsWith("/run", target.AbsolutePath, StringComparison.Ordinal);
                Assert.Empty(target.Query + target.Fragment);
            },
            3000
        );

    [Fact]
    public void An_address_of_an_app_is_one_or_is_refused() =>
        Fuzz.Check(
            Mutations.OfText("https://slack.com", "slack.com", "http://user@x.example:80/y", "[::1]", "127.0.0.1"),
            output,
            static text =>
            {
                _ = AppAddress.IsOne(text);
                try
                {
                    _ = AppAddress.Check(text, "App");
                }
                catch (MembraneInputException exception)
                {
                    Assert.Equal("App", exception.ParameterName);
                }
            },
            2000
        );

    [Fact]
    public void A_token_is_read_or_refused_and_never_shown() =>
        Fuzz.Check(
            Mutations.OfText(
                Make.AccountToken,
                Make.Jwt("""{"id":"SECRETSECRETSECRET","exp":1234567890,"iss":"w"}"""),
                Make.Jwt("""{"exp":1e300,"isAdmin":true,"workspaceKey":"k"}""", """{"alg":"none"}"""),
                Make.Jwt("[]", "{}")
            ),
            output,
            static text =>
            {
                _ = TokenText.ReadExpiry(text);
                _ = TokenText.ReadHeader(text);
                try
                {
                    _ = TokenText.Check(text, "Token");
                }
                catch (MembraneInputException exception)
                {
                    Assert.DoesNotContain("SECRETSECRET", exception.ToString(), StringComparison.Ordinal);
                }
            },
            3000
        );

    [Fact]
    public void A_key_is_read_or_refused_and_never_shown()
    {
        using var rsa = RSA.Create(2048);
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        string[] keys =
        [
            rsa.ExportPkcs8PrivateKeyPem(),
            rsa.ExportRSAPrivateKeyPem(),
            curve.ExportPkcs8PrivateKeyPem(),
            curve.ExportECPrivateKeyPem(),
            rsa.ExportSubjectPublicKeyInfoPem(),
            curve.ExportSubjectPublicKeyInfoPem(),
        ];
        Fuzz.Check(
            Gen.Select(Mutations.OfText(keys), Gen.Int[0, 3], Gen.Bool),
            output,
            made =>
            {
                var algorithm = new[] { null, "RS256", "ES256", "PS512" }[made.Item2];
                try
                {
                    _ = made.Item3 ? PemKey.ReadPrivate(made.Item1, algorithm) : PemKey.ReadPublic(made.Item1, algorithm);
                }
                catch (MembraneInputException exception)
                {
                    Assert.DoesNotContain(
                        Regex.Split(made.Item1, "\\s").Where(static line => line.Length > 30 && !line.StartsWith('-')),
                        line => exception.ToString().Contains(line, StringComparison.Ordinal)
                    );
                }
            },
            150
        );
    }

    [Fact]
    public void What_a_browser_brings_back_is_a_code_or_a_refusal() =>
        Fuzz.Check(
            Mutations.OfText(
                "?code=abc&state=s1",
                "state=s1&error=access_denied&error_description=No%20%1b[31m",
                "\u201Cabc\u201D",
                "<http://127.0.0.1:1/callback?code=x&state=s1>"
            ),
            output,
            static text =>
            {
                var clean = PastedText.Clean(text);
                Assert.Equal(clean, PastedText.Clean(clean));
                try
                {
                    Assert.NotEmpty(RedirectAnswer.Read(text).TakeCode("s1"));
                }
                catch (MembraneSignInException exception)
                {
                    Assert.Equal(ErrorIds.SignInFailed, exception.ErrorId);
                    Assert.DoesNotContain(exception.Message, char.IsControl);
                }
            },
            3000
        );

    [Fact]
    public void Text_of_a_table_is_the_number_that_it_says_or_none() =>
        Fuzz.Check(
            Gen.Select(
                Mutations.OfText("123", "-0.50", "1e3", "12345678901234567890.123", " 7 ", "1,000", "2026-03-04T15:00:00.5+01", "0x1F"),
                Gen.Bool
            ),
            output,
            static made =>
            {
                _ = TimeText.Time(made.Item1);
                if (TimeText.Day(made.Item1) is { } day)
                {
                    Assert.Equal(
                        day,
                        DateOnly
                            .ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture)
                            .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
                    );
                }

                if (NumberText.Parse(made.Item1, made.Item2) is { } number and not System.Text.Json.JsonElement)
                {
                    var expected = double.Parse(made.Item1.Trim(), CultureInfo.InvariantCulture);
                    var actual = number is System.Numerics.BigInteger large
                        ? (double)large
                        : Convert.ToDouble(number, CultureInfo.InvariantCulture);
                    Assert.Equal(expected, actual, Math.Abs(expected) * 1e-14);
                }
            },
            4000
        );

    [Fact]
    public void Quoted_text_is_one_text_of_PowerShell() =>
        Fuzz.Check(
            Mutations.OfText("it's", "\u2018x\u2019 $(calc) `n", "a\r\nb\0c", "größe"),
            output,
            static text =>
            {
                // Every mark that PowerShell takes for the end of a text in single quotes is there twice.
                var quoted = ScriptText.Quote(text);
                if (quoted.StartsWith('\''))
                {
                    Assert.DoesNotMatch(
                        "['\u2018\u2019\u201A\u201B]",
                        Regex.Replace(quoted[1..^1], "(['\u2018\u2019\u201A\u201B])\\1", "")
                    );
                }

                _ = ScriptText.Comment(text, 100);
                _ = ScriptText.Shown(text);
            },
            2000
        );

    private static bool IsWellFormed(string text) => LenientJsonText.IsWellFormed(text);
}
