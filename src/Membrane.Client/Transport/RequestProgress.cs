using System;
using System.Diagnostics;

namespace Membrane.Client.Transport;

/// <summary>One request on its way through the pipeline, and what its tries have come to so far.</summary>
internal sealed class RequestProgress(ApiRequest request)
{
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private bool earlierMayHaveRun;

    public ApiRequest Request { get; } = request;

    /// <summary>The number of the current try, from 1.</summary>
    public int Number { get; private set; } = 1;

    /// <summary>Whether a try may have had its effect. An earlier one that may have run stays one, however the last one ends.</summary>
    public bool MayHaveRun { get; private set; }

    public bool HasNewToken { get; set; }

    /// <summary>Whether the rate limiter let the current try through, and so has to be told of its end.</summary>
    public bool IsInLimiter { get; set; }

    /// <summary>How long the limiter pauses after the last try.</summary>
    public TimeSpan LimiterPause { get; set; }

    public TimeSpan Elapsed => watch.Elapsed;

    /// <summary>Notes that the request is being sent: until it is known how that ends, it may have run.</summary>
    public void Sending()
    {
        earlierMayHaveRun = MayHaveRun;
        MayHaveRun = true;
    }

    /// <summary>Notes how the try ended.</summary>
    public void Ended(Attempt attempt) => MayHaveRun = earlierMayHaveRun || RetryPolicy.MayHaveRun(attempt);

    /// <summary>Goes on to the next try.</summary>
    public void CountTry() => Number++;
}
