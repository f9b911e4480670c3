using System;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Membrane.Emulator.Tests.Support;

/// <summary>Signs tokens by hand, as npm's jsonwebtoken does, with nothing of the code under test.</summary>
internal static class Token
{
    public static string Tenant(
        string key,
        string? name = null,
        string workspace = EmulatorOptions.DefaultWorkspaceKey,
        string secret = EmulatorOptions.DefaultWorkspaceSecret
    )
    {
        var claims = new JsonObject
        {
            ["iss"] = workspace,
            ["id"] = key,
            ["exp"] = InSeconds(3600),
        };
        if (name is not null)
        {
            claims["name"] = name;
        }

        return Sign(claims, secret);
    }

    public static string Manager() =>
        Sign(
            new JsonObject
            {
                ["workspaceKey"] = EmulatorOptions.DefaultWorkspaceKey,
                ["isAdmin"] = true,
                ["exp"] = InSeconds(3600),
            }
        );

    public static string Sign(JsonObject claims, string secret = EmulatorOptions.DefaultWorkspaceSecret, string algorithm = "HS256")
    {
        var signed = Part(new JsonObject { ["alg"] = algorithm, ["typ"] = "JWT" }) + "." + Part(claims);
        var key = Encoding.UTF8.GetBytes(secret);
        var text = Encoding.ASCII.GetBytes(signed);
        var signature = algorithm switch
        {
            "HS256" => HMACSHA256.HashData(key, text),
            "HS384" => HMACSHA384.HashData(key, text),
            "HS512" => HMACSHA512.HashData(key, text),
            _ => Array.Empty<byte>(),
        };
        return signed + "." + Encode(signature);
    }

    public static long InSeconds(int seconds) => DateTimeOffset.UtcNow.ToUnixTimeSeconds() + seconds;

    public static string Part(JsonNode json) => Encode(JsonSerializer.SerializeToUtf8Bytes(json));

    public static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
