using System;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Membrane.Emulator.Json;

namespace Membrane.Emulator.Control;

/// <summary>The newest requests, without their secrets. What is expensive is computed when the log is read.</summary>
internal sealed class RequestLog(int capacity)
{
    /// <summary>How much of a body is kept.</summary>
    public const int BodyLimit = 16_384;

    private const string Redacted = "(redacted)";

    private static readonly HashSet<string> SecretNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "credentials",
        "password",
        "apiKey",
        "api_key",
        "token",
        "accessToken",
        "access_token",
        "refreshToken",
        "refresh_token",
        "secret",
        "clientSecret",
        "client_secret",
        "workspaceSecret",
        "code_verifier",
    };

    private static readonly Regex SecretMember = new(
        "\"(?:" + string.Join("|", SecretNames) + ")\"\\s*:",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    );

    private static readonly Regex SecretParameter = new(
        "((?:^|&)(?:token|password|accessKey|apiKey|access_token|refresh_token|code|code_verifier|client_secret|payload)=)[^&]*",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    );

    /// <summary>What a person types on the page of a connection request is a credential, whatever its field is called.</summary>
    private static readonly Regex Credential = new("((?:^|&)(?!decision=)[^=&]+=)[^&]*", RegexOptions.CultureInvariant);

    private readonly object gate = new();
    private readonly Queue<Entry> entries = new();
    private readonly int capacity = Math.Max(1, capacity);

    public void Add(Entry entry)
    {
        lock (gate)
        {
            entries.Enqueue(entry);
            while (entries.Count > capacity)
            {
                entries.Dequeue();
            }
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            entries.Clear();
        }
    }

    public RecordedRequest[] All()
    {
        Entry[] copy;
        lock (gate)
        {
            copy = entries.ToArray();
        }

        return Array.ConvertAll(copy, entry => entry.ToPublic());
    }

    internal sealed class Entry
    {
        private readonly DateTimeOffset time;
        private readonly string method;
        private readonly string path;
        private readonly string query;
        private readonly string[] headers;
        private byte[]? body;

        public Entry(DateTimeOffset time, string method, string path, string query, NameValueCollection received)
        {
            this.time = time;
            this.method = method;
            this.path = path;
            this.query = query;
            headers = new string[received.Count * 2];
            for (var index = 0; index < received.Count; index++)
            {
                var name = received.GetKey(index) ?? "";
                headers[index * 2] = name;
                headers[(index * 2) + 1] = WithoutSecret(name, received.Get(index) ?? "");
            }
        }

        public string? OperationId { get; set; }

        public int? Status { get; set; }

        public void KeepBody(byte[] received)
        {
            if (received.Length == 0)
            {
                return;
            }

            body = received;
            if (body.Length > BodyLimit)
            {
                Array.Resize(ref body, BodyLimit);
            }
        }

        public RecordedRequest ToPublic()
        {
            var text = body is null ? null : Encoding.UTF8.GetString(body);
            if (text is not null)
            {
                text = SecretParameter.Replace(WithoutSecrets(body!, text), "$1" + Redacted);
            }

            if (text is not null && path == "/screens/connections")
            {
                text = Credential.Replace(text, "$1" + Redacted);
            }

            var shown = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            for (var index = 0; index < headers.Length; index += 2)
            {
                shown[headers[index]] = headers[index + 1];
            }

            return new RecordedRequest(
                time,
                method,
                path,
                SecretParameter.Replace(query, "$1" + Redacted),
                shown,
                OperationId,
                text,
                Status
            );
        }

        /// <summary>
        /// JSON without the values of secret members; of text that is not JSON, or is cut off, only what precedes the first of them.
        /// </summary>
        private static string WithoutSecrets(byte[] body, string text)
        {
            JsonNode? json;
            try
            {
                json = EmulatorJson.ToNode(EmulatorJson.ParseForeign(body));
            }
            catch (JsonException)
            {
                var first = SecretMember.Match(text);
                return first.Success ? text.Substring(0, first.Index + first.Length) + Redacted : text;
            }

            return Redact(json) ? Encoding.UTF8.GetString(EmulatorJson.ToBytes(json)) : text;
        }

        /// <summary>Takes the secrets out; whether there were any.</summary>
        private static bool Redact(JsonNode? value)
        {
            var found = false;
            if (value is JsonObject members)
            {
                foreach (var member in members.ToArray())
                {
                    if (SecretNames.Contains(member.Key))
                    {
                        members[member.Key] = Redacted;
                    }

                    found |= SecretNames.Contains(member.Key) || Redact(member.Value);
                }
            }
            else if (value is JsonArray items)
            {
                foreach (var item in items)
                {
                    found |= Redact(item);
                }
            }

            return found;
        }

        private static string WithoutSecret(string name, string value)
        {
            switch (name.ToUpperInvariant())
            {
                case "AUTHORIZATION":
                case "PROXY-AUTHORIZATION":
                    var space = value.IndexOf(' ');
                    return space < 0 ? Redacted : value.Substring(0, space) + " " + Redacted;
                case "COOKIE":
                    return Redacted;
                default:
                    return value;
            }
        }
    }
}
