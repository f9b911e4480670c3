using System;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Membrane.Client.Authentication.Stored;
using Membrane.Client.Json;
using Membrane.Client.NativeCommands;
using Membrane.Client.Schemas;
using Membrane.Client.Tests.Support;
using Membrane.Client.Tokens;
using Membrane.Client.Tools;
using Membrane.Client.Tools.Schemas;
using Membrane.Client.Transport;
using Xunit;

namespace Membrane.Client.Tests.Fuzzing;

/// <summary>What fuzzing has found, one input for each cause.</summary>
public sealed class FindingTests
{
    [Theory]
    [InlineData("HOST///evil.example/x")]
    [InlineData("HOST//connections")]
    [InlineData("HOST////evil.example")]
    public async Task Slashes_behind_the_address_of_the_API_lead_to_no_other_host(string path)
    {
        using var server = new ScriptedServer { Otherwise = static _ => Answer.Json("{}") };
        using var client = Make.Client(server);
        var request = new RawRequest { Path = path.Replace("HOST", server.Uri.AbsoluteUri.TrimEnd('/'), StringComparison.Ordinal) };

        Assert.Equal(
            "Path",
            (await Assert.ThrowsAsync<MembraneInputException>(() => client.Requests.SendAsync(request).Within())).ParameterName
        );
    }

    [Theory]
    [InlineData("pat-a\\b", """{"m":"pat-a\\b"}""")]
    [InlineData("pat-a\\b", """{"m":"pat-a\u005cb"}""")]
    [InlineData("pat-a%b", """{"m":"pat-a%25b"}""")]
    [InlineData("pat-a%b", """{"m":"pat-a\u0025b"}""")]
    [InlineData("pat-ab\\", """{"m":"pat-ab\\"}""")]
    [InlineData("pat-ab\\\\", """{"m":"pat-ab\\\u005c"}""")]
    public void A_token_with_marks_of_escapes_is_hidden(string token, string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        SecretText.Hide(bytes, Encoding.UTF8.GetBytes(token));
        using var document = JsonDocument.Parse(bytes);
        Assert.Matches("^[*]+$", document.RootElement.GetProperty("m").GetString());
    }

    // As long as our own name, with which it is compared.
    [Fact]
    public void A_credentials_file_with_half_a_surrogate_pair_is_refused() =>
        Assert.Throws<JsonException>(() => CredentialDocument.Parse("""{"membrane-pow\udc00ershell":{}}"""u8.ToArray()));

    [Fact]
    public void A_record_with_half_a_surrogate_pair_is_refused() =>
        Assert.Throws<MembraneInputException>(() => ModuleRecordReader.Read("""{"module":"\ud800"}"""u8.ToArray(), "x"));

    [Fact]
    public void Text_that_is_not_UTF8_is_no_JSON() =>
        Assert.Throws<JsonException>(() => JsonValueReader.Read([(byte)'"', 0xC3, (byte)'"'], DictionaryObjectAdapter.Instance));

    [Fact]
    public void Text_with_half_a_surrogate_pair_is_no_JSON() => Assert.Null(JsonNodes.TryParse("{\"a\":\"" + '\ud83d' + "\"}"));

    [Fact]
    public void Arguments_in_JSON_text_with_half_a_surrogate_pair_stay_text()
    {
        var shape = InputShape.Of(JsonNodes.Parse("""{"type":"object","properties":{"a":{"type":"object"}}}"""u8.ToArray()));
        var arguments = JsonNodes.Of(JsonNodes.Parse("""{"a":"{\"b\":\"\\ud800\"}"}"""u8.ToArray()));
        Assert.NotNull(ToolArguments.Restore(arguments, shape, ToolDialect.OpenAI));
    }

    [Fact]
    public void A_reference_to_half_a_surrogate_pair_leads_nowhere() =>
        Assert.False(JsonSchema.TryParse(JsonNodes.Parse("{\"$ref\":\"#/a~0%ED%A0%80\",\"a~\":{}}"u8.ToArray()), out _, out _));

    [Fact]
    public void A_tool_whose_name_is_not_UTF8_is_refused()
    {
        using var document = JsonDocument.Parse("{\"name\":\"?\"}"u8.ToArray().AsMemory());
        var bytes = "{\"name\":\"?\"}"u8.ToArray();
        bytes[9] = 0x9C;
        using var broken = JsonDocument.Parse(bytes);
        Assert.Equal("?", Assert.Single(ToolNameReader.Read(document.RootElement)).Key);
        Assert.Throws<MembraneInputException>(() => ToolNameReader.Read(broken.RootElement));
    }

    // A P-256 key whose curve was changed to one that this machine does not have.
    [Fact]
    public void A_key_on_a_curve_that_is_not_known_is_refused()
    {
        const string Key =
            "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZI3D0DAQcDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9Q==\n-----END PUBLIC KEY-----\n";
        Assert.Throws<MembraneInputException>(() => PemKey.ReadPublic(Key, null));
    }
}
