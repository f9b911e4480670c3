using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Membrane.Client.Json;

namespace Membrane.Client.Tokens;

/// <summary>Looks into tokens without checking their signature.</summary>
internal static class TokenText
{
    private const string AccountTokenPrefix = "pat-";

    /// <summary>The token without white space around it, if it can be one.</summary>
    /// <param name="token">The text.</param>
    /// <param name="parameterName">The parameter that it came from, for the error.</param>
    /// <exception cref="MembraneInputException">It is neither a JWT nor an account token.</exception>
    public static string Check(string? token, string parameterName)
    {
        var trimmed = token?.Trim() ?? string.Empty;
        if (IsAccountToken(trimmed) ? FitsHeader(trimmed) : IsJwt(trimmed))
        {
            return trimmed;
        }

        throw new MembraneInputException(
            ErrorIds.InvalidToken,
            parameterName,
            $"The value of {parameterName} is not a token: neither a JWT nor an account token that begins with 'pat-'.",
            "Copy the token whole, without quotes or the word Bearer."
        );
    }

    /// <summary>Whether the token is an opaque account token.</summary>
    public static bool IsAccountToken(string token) => token.StartsWith(AccountTokenPrefix, StringComparison.Ordinal);

    /// <summary>Whether the text can be sent in a header.</summary>
    internal static bool FitsHeader(string? token) => !string.IsNullOrEmpty(token) && token.All(static c => c is > ' ' and < (char)127);

    /// <summary>When the token ends, as it says itself.</summary>
    public static DateTimeOffset? ReadExpiry(string token) => ReadTime(ReadPayload(token), "exp");

    /// <summary>A claim that is a moment, in seconds since 1970, or null.</summary>
    public static DateTimeOffset? ReadTime(IReadOnlyDictionary<string, object?>? claims, string name) =>
        claims is not null && claims.TryGetValue(name, out var value) && value is int or long or double
            ? FromUnixTime(Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture))
            : null;

    /// <summary>The claims of a JWT, unchecked, or null where the text is not a JWT.</summary>
    public static IReadOnlyDictionary<string, object?>? ReadPayload(string token) => ReadPart(token, 1);

    /// <summary>The header of a JWT, unchecked, or null where the text is not a JWT.</summary>
    public static IReadOnlyDictionary<string, object?>? ReadHeader(string token) => ReadPart(token, 0);

    /// <summary>A claim that is text, or null.</summary>
    public static string? ReadText(IReadOnlyDictionary<string, object?>? claims, string name) =>
        claims is not null && claims.TryGetValue(name, out var value) ? value as string : null;

    /// <summary>The workspace that the claims name, or null.</summary>
    internal static string? ReadWorkspaceKey(IReadOnlyDictionary<string, object?>? claims) =>
        ReadText(claims, "workspaceKey") ?? ReadText(claims, "iss");

    /// <summary>Whether the claims are those of a manager.</summary>
    internal static bool IsManager(IReadOnlyDictionary<string, object?>? claims) =>
        claims is not null && claims.TryGetValue("isAdmin", out var isAdmin) && isAdmin is true;

    // Decoding alone would pass over line breaks, and does not look at the signature.
    private static bool IsJwt(string token) =>
        token.All(static c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_' or '.')
        && ReadHeader(token) is not null
        && ReadPayload(token) is not null;

    /// <summary>The JSON of the header (0) or the claims (1) of a JWT, or null where the text is not a JWT.</summary>
    internal static byte[]? DecodePart(string token, int index)
    {
        var parts = token.Split('.');
        return parts.Length == 3 && parts[0].Length > 0 && parts[1].Length > 0 ? Base64Url.Decode(parts[index]) : null;
    }

    private static Dictionary<string, object?>? ReadPart(string token, int index)
    {
        try
        {
            return DecodePart(token, index) is { } json
                ? JsonValueReader.Read(json, DictionaryObjectAdapter.Instance) as Dictionary<string, object?>
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static DateTimeOffset? FromUnixTime(double seconds) =>
        seconds is > -62135596800d and < 253402300800d ? DateTimeOffset.FromUnixTimeSeconds((long)seconds) : null;
}
