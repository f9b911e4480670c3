using System;
using System.Linq;
using System.Threading.Tasks;
using Membrane.Client.Tests.Support;
using Xunit;

namespace Membrane.Client.Tests.Transport;

/// <summary>An error shows the token in no string, in whatever escapes the service sent it back.</summary>
public sealed class EscapedTokenTests
{
    private const string Secret = "SECRETSECRETSECRET";

    public static TheoryData<string> Echoes =>
        [
            Make.AccountToken,
            string.Concat(Make.AccountToken.Select(static letter => $"\\u{(int)letter:x4}")),
            string.Concat(Make.AccountToken.Select(static letter => $"\\u{(int)letter:X4}")),
            Make.AccountToken.Replace("S", "\\u0053", StringComparison.Ordinal),
            Make.AccountToken.Replace("T", "\\\\u0054", StringComparison.Ordinal),
            Make.AccountToken.Replace("E", "%45", StringComparison.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Echoes))]
    public async Task In_no_string_of_an_error(string echo)
    {
        using var server = new ScriptedServer
        {
            Otherwise = _ =>
                Answer.Json(
                    $$"""
                    {"type":"bad_request","key":"{{echo}}","message":"Bad token {{echo}} \"x\"","{{echo}}":1,"data":{"a":["{{echo}}"]},
                     "causedByError":{"message":"{{echo}} is old","new":{"{{echo}}":"{{echo}}"} } }
                    """,
                    400
                ),
        };
        using var client = Make.Client(server);

        var error = await Assert.ThrowsAsync<MembraneApiException>(() => client.Connections.GetAsync("c1").Within());

        AssertHidden(error.Message);
        AssertHidden(error.Key!);
        AssertHidden(System.Text.Json.JsonSerializer.Serialize(error.Details));
        AssertHidden(System.Text.Json.JsonSerializer.Serialize(error.Error.GetUnknownFields()));
        AssertHidden(System.Text.Json.JsonSerializer.Serialize(error.CausedBy!.GetUnknownFields()));
        Assert.Contains("Bad token ***", error.Message, StringComparison.Ordinal);
        Assert.Contains("\"x\"", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Echoes))]
    public async Task Nor_in_the_beginning_of_an_answer_that_cannot_be_read(string echo)
    {
        using var server = new ScriptedServer { Otherwise = _ => Answer.Json($$"""{"token":"{{echo}}", """) };
        using var client = Make.Client(server);

        var error = await Assert.ThrowsAsync<MembraneResponseException>(() => client.Connections.GetAsync("c1").Within());

        AssertHidden(error.BodyStart!);
        Assert.Contains("***", error.BodyStart, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_only_begins_like_the_token_stays()
    {
        using var server = new ScriptedServer
        {
            Otherwise = _ => Answer.Error(400, "bad_request", null, "pat-SECRET, 100%, \\\\u0070 C:\\\\pat"),
        };
        using var client = Make.Client(server);

        var error = await Assert.ThrowsAsync<MembraneApiException>(() => client.Connections.GetAsync("c1").Within());

        Assert.Equal("pat-SECRET, 100%, \\u0070 C:\\pat", error.Message);
    }

    private static void AssertHidden(string text)
    {
        Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);
        Assert.DoesNotContain(
            Secret,
            Uri.UnescapeDataString(System.Text.RegularExpressions.Regex.Unescape(Tame(text))),
            StringComparison.Ordinal
        );
    }

    // Only the escapes of letters matter here.
    private static string Tame(string text) => System.Text.RegularExpressions.Regex.Replace(text, @"\\+(?!u[0-9A-Fa-f]{4})", "/");
}
