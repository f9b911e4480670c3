using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Membrane.Client.Checkpoints;

/// <summary>
/// Tells inputs apart from run to run: by a key, or by their content. Equal inputs of one run are told apart by how
/// many came before, so that none is taken for another.
/// </summary>
internal sealed class ItemIdentity
{
    private readonly Dictionary<Guid, int> seen = [];

    /// <summary>Returns the identity of an input with a key of its own.</summary>
    public Guid OfKey(string key) => Count(Hash("key:" + key));

    /// <summary>Returns the identity of an input by its content. The order of members does not matter.</summary>
    public Guid OfContent(JsonElement content)
    {
        var text = new StringBuilder("content:");
        Append(text, content);
        return Count(Hash(text.ToString()));
    }

    private Guid Count(Guid hash)
    {
        seen.TryGetValue(hash, out var count);
        seen[hash] = count + 1;
        return count == 0 ? hash : Hash($"{hash:N}+{count}");
    }

    private static Guid Hash(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
#if NET
        var hash = SHA256.HashData(bytes);
#else
        using var algorithm = SHA256.Create();
        var hash = algorithm.ComputeHash(bytes);
#endif
        Array.Resize(ref hash, 16);
        return new Guid(hash);
    }

    private static void Append(StringBuilder text, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                text.Append('{');
                foreach (var property in value.EnumerateObject().OrderBy(static property => property.Name, StringComparer.Ordinal))
                {
                    text.Append(JsonEncodedText.Encode(property.Name)).Append(':');
                    Append(text, property.Value);
                    text.Append(',');
                }

                text.Append('}');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                foreach (var item in value.EnumerateArray())
                {
                    Append(text, item);
                    text.Append(',');
                }

                text.Append(']');
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }
}
