using System;
using System.Collections.Generic;
using System.Linq;
using Membrane.Client.Transport;

namespace Membrane.Client.Requests;

/// <summary>Checks the headers that a person adds.</summary>
internal static class RequestHeaders
{
    private static readonly HashSet<string> Refused = new(StringComparer.OrdinalIgnoreCase)
    {
        "Authorization",
        "Proxy-Authorization",
        "Host",
        "Content-Length",
        "Transfer-Encoding",
        "Connection",
        "Upgrade",
        "TE",
        "Trailer",
        "Expect",
    };

    /// <exception cref="MembraneInputException">A name or a value cannot be sent.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Check(IEnumerable<KeyValuePair<string, string>>? headers)
    {
        var result = new List<KeyValuePair<string, string>>();
        foreach (var header in headers ?? [])
        {
            if (string.IsNullOrEmpty(header.Key) || !header.Key.All(IsNameCharacter))
            {
                throw Refuse(header.Key, "has an invalid name", "Names of headers have letters, digits and hyphens.");
            }

            if (Refused.Contains(header.Key))
            {
                throw Refuse(header.Key, "is set by the client itself", "Leave it out; to act as someone else, sign in as them.");
            }

            if (string.Equals(header.Key, "Content-Type", StringComparison.OrdinalIgnoreCase))
            {
                throw Refuse(header.Key, "is not passed there", "Pass it as ContentType.");
            }

            if (header.Value is null || !HeaderText.IsValid(header.Value))
            {
                throw Refuse(
                    header.Key,
                    "has no value, or one with a line break, another control character, or one beyond ASCII",
                    "Correct the value."
                );
            }

            result.Add(header);
        }

        return result;
    }

    private static bool IsNameCharacter(char character) =>
        character is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') || "!#$%&'*+-.^_`|~".IndexOf(character) >= 0;

    private static MembraneInputException Refuse(string name, string why, string advice) =>
        new(ErrorIds.InvalidInput, "Headers", $"The header '{name}' in Headers {why}.", advice);
}
