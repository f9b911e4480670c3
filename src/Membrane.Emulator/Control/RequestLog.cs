using System;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Diagnostics;
using System.Linq;
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
    private long arrived;
    private long revision;

    public void Add(Entry entry)
    {
        lock (gate)
        {
            entry.Number = ++arrived;
            entry.Revision = ++revision;
            entry.Ended += Touch;
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

    /// <summary>Returns a request that is still kept, by its number; null for any other.</summary>
    public Entry? Find(long number)
    {
        lock (gate)
        {
            return entries.FirstOrDefault(entry => entry.Number == number);
        }
    }

    /// <summary>Returns the newest of the requests that arrived or ended after a revision, the oldest of them first.</summary>
    /// <param name="after">The revision that the reader knows; 0 for none.</param>
    /// <param name="limit">How many at most.</param>
    public RequestLogChanges ChangesAfter(long after, int limit)
    {
        lock (gate)
        {
            Entry[] changed = [.. entries.Reverse().Where(entry => entry.Revision > after).Take(limit).Reverse()];
            return new RequestLogChanges(revision, arrived, entries.Count == 0 ? arrived + 1 : entries.Peek().Number, changed);
        }
    }

    private void Touch(Entry entry)
    {
        lock (gate)
        {
            entry.Revision = ++revision;
        }
    }

    internal sealed class Entry
    {
        private readonly string query;
        private readonly string[] headers;
        private readonly IReadOnlyList<string> hiddenHeaders;
        private static readonly Encoding StrictUtf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);

        private readonly long begun = Stopwatch.GetTimestamp();
        private byte[]? body;

        public Entry(DateTimeOffset time, string method, string path, string query, NameValueCollection received)
        {
            Time = time;
            Method = method;
            Path = path;
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

        public DateTimeOffset Time { get; }

        public string Method { get; }

        public string Path { get; }

        /// <summary>The query without its secrets.</summary>
        public string ShownQuery => new Redaction().Pairs(query, "query");

        /// <summary>Occurs once, when the request has ended.</summary>
        public event Action<Entry>? Ended;

        /// <summary>The place in the order of arrival, from 1.</summary>
        public long Number { get; set; }

        /// <summary>Grows with every change of the log; that of an entry is of its own latest change.</summary>
        public long Revision { get; set; }

        public string? OperationId { get; set; }

        public int? Status { get; set; }

        /// <summary>How long it took until it was answered or cut off, in milliseconds; null while it is under way.</summary>
        public double? Milliseconds { get; private set; }

        /// <summary>How long the body was, in bytes, of which at most <see cref="BodyLimit"/> are kept.</summary>
        public int BodyLength { get; private set; }

        /// <summary>What had no effect, such as <c>query.hash</c>.</summary>
        public IReadOnlyList<string> Ignored { get; set; } = [];

        /// <summary>Whether the body, as far as it is kept, is text in UTF-8.</summary>
        public bool IsTextBody
        {
            get
            {
                try
                {
                    _ = StrictUtf8.GetCharCount(body ?? []);
                    return true;
                }
                catch (DecoderFallbackException)
                {
                    return false;
                }
            }
        }

        /// <summary>Notes that the request has been answered, or cut off.</summary>
        public void End()
        {
            if (Milliseconds is null)
            {
                Milliseconds = Math.Round((Stopwatch.GetTimestamp() - begun) * 1000d / Stopwatch.Frequency, 1);
                Ended?.Invoke(this);
            }
        }

        public void KeepBody(byte[] received)
        {
            BodyLength = received.Length;
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
                Time,
                Method,
                Path,
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
            return Path == "/screens/connections" ? redaction.Pairs(text, "body", static name => name != "decision")
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
