using System;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Text;

namespace Membrane.Emulator.Control;

/// <summary>The newest requests, without their secrets. What is expensive is computed when the log is read.</summary>
internal sealed class RequestLog(int capacity)
{
    /// <summary>How much of a body is kept.</summary>
    public const int BodyLimit = 16_384;

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
        private readonly IReadOnlyList<string> hiddenHeaders;
        private byte[]? body;

        public Entry(DateTimeOffset time, string method, string path, string query, NameValueCollection received)
        {
            this.time = time;
            this.method = method;
            this.path = path;
            this.query = query;
            var redaction = new Redaction();
            headers = new string[received.Count * 2];
            for (var index = 0; index < received.Count; index++)
            {
                var name = received.GetKey(index) ?? "";
                headers[index * 2] = name;
                headers[(index * 2) + 1] = redaction.Header(name, received.Get(index) ?? "");
            }

            hiddenHeaders = redaction.Hidden;
        }

        public string? OperationId { get; set; }

        public int? Status { get; set; }

        /// <summary>What had no effect, such as <c>query.hash</c>.</summary>
        public IReadOnlyList<string> Ignored { get; set; } = [];

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
            var redaction = new Redaction();
            var shownQuery = redaction.Pairs(query, "query");
            var text = body is null ? null : ShowBody(redaction, body);
            var shown = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            for (var index = 0; index < headers.Length; index += 2)
            {
                shown[headers[index]] = headers[index + 1];
            }

            return new RecordedRequest(
                time,
                method,
                path,
                shownQuery,
                shown,
                OperationId,
                text,
                Status,
                [.. hiddenHeaders, .. redaction.Hidden],
                Ignored
            );
        }

        private string ShowBody(Redaction redaction, byte[] bytes)
        {
            var text = Encoding.UTF8.GetString(bytes);

            // What a person types on the page of a connection request is a credential, whatever its field is called.
            return path == "/screens/connections" ? redaction.Pairs(text, "body", static name => name != "decision")
                : IsForm ? redaction.Pairs(text, "body")
                : redaction.Json(bytes, text);
        }

        private bool IsForm
        {
            get
            {
                for (var index = 0; index < headers.Length; index += 2)
                {
                    if (
                        headers[index].Equals("Content-Type", StringComparison.OrdinalIgnoreCase)
                        && headers[index + 1].StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)
                    )
                    {
                        return true;
                    }
                }

                return false;
            }
        }
    }
}
