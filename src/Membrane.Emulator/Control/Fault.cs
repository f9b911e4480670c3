using System;
using System.Collections.Generic;

namespace Membrane.Emulator;

/// <summary>A disturbance of the answers to matching requests.</summary>
public sealed class Fault
{
    /// <summary>The HTTP method it applies to, in any case; null for every method.</summary>
    public string? Method { get; set; }

    /// <summary>The path it applies to, <c>*</c> standing for any characters; null for every path.</summary>
    public string? Path { get; set; }

    /// <summary>The status to answer with instead of doing the work (100 to 599); null does the work.</summary>
    public int? Status { get; set; }

    /// <summary>Headers of the answer, for example <c>Retry-After</c>.</summary>
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The body of the answer, sent as it is; with <see cref="Status"/> and no body an error envelope is sent.</summary>
    public string? Body { get; set; }

    /// <summary>How long the request waits before anything else happens, in milliseconds; clearing the faults lets it go on.</summary>
    public int DelayMilliseconds { get; set; }

    /// <summary>Further waiting, random between 0 and this number of milliseconds.</summary>
    public int JitterMilliseconds { get; set; }

    /// <summary>Where the connection is cut; null sends the answer whole.</summary>
    public FaultDrop? Drop { get; set; }

    /// <summary>How many requests it hits before it is gone; null for no end.</summary>
    public int? Times { get; set; }

    /// <summary>How likely it hits a matching request, above 0 and up to 1 (the default).</summary>
    public double Probability { get; set; } = 1;

    /// <summary>Lets only so many matching requests through in any second and answers 429 to the rest.</summary>
    public int? RequestsPerSecond { get; set; }

    /// <summary>The form of the <c>Retry-After</c> header of <see cref="RequestsPerSecond"/>.</summary>
    public RetryAfterForm RetryAfter { get; set; } = RetryAfterForm.Seconds;

    /// <summary>Sends the body of the answer no faster than this number of bytes per second.</summary>
    public int? BodyBytesPerSecond { get; set; }

    /// <summary>The content type of the answer, in place of the right one.</summary>
    public string? ContentType { get; set; }
}
