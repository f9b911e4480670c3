using System;
using System.Collections.Generic;
using System.Linq;
using Membrane.Client.Bulk;
using Xunit;

namespace Membrane.Client.Tests.Transport;

/// <summary>Workers that share the rate of a tenant, in a time of the test's own: it passes as fast as the test computes.</summary>
public sealed class RequestPaceTests
{
    [Theory]
    [InlineData(8, 80)]
    [InlineData(8, 400)]
    [InlineData(1, 80)]
    [InlineData(3, 30)]
    public void Workers_that_share_a_limit_come_to_nine_tenths_of_it_and_starve_none(int workers, int limit)
    {
        var seed = Environment.TickCount;

        var answered = Simulate(workers, _ => limit, TimeSpan.FromSeconds(60), seed);

        var settled = answered.Select(static times => times.Count(static time => time > TimeSpan.FromSeconds(20))).ToArray();
        var share = settled.Sum() / (40.0 * limit);
        Assert.True(share is > 0.9 and <= 1.03, $"{share:P0} of the limit with seed {seed}.");
        Assert.True(settled.Min() * workers > 0.3 * settled.Sum(), $"{string.Join(", ", settled)} with seed {seed}.");
    }

    [Fact]
    public void A_limit_that_is_raised_is_found_again()
    {
        var seed = Environment.TickCount;

        var answered = Simulate(2, static time => time < TimeSpan.FromSeconds(20) ? 10 : 100, TimeSpan.FromSeconds(60), seed);

        var late = answered.Sum(static times => times.Count(static time => time > TimeSpan.FromSeconds(50)));
        Assert.True(late > 800, $"{late} of 1000 with seed {seed}.");
    }

    [Fact]
    public void Without_answers_no_pace_is_known_and_no_turn_is_waited_for()
    {
        var pace = new RequestPace();

        pace.Lower(TimeSpan.FromSeconds(1));

        Assert.False(pace.IsKnown);
        Assert.Equal(TimeSpan.Zero, pace.TakeTurn(TimeSpan.FromSeconds(1), TimeSpan.Zero, 0.5));
    }

    // A service that counts what it admits in each rolling second, as the emulator does, and workers with a request at a time.
    private static List<TimeSpan>[] Simulate(int workers, Func<TimeSpan, int> limit, TimeSpan length, int seed)
    {
        var random = new Random(seed);
        var paces = Enumerable.Range(0, workers).Select(static _ => new RequestPace()).ToArray();
        var answered = paces.Select(static _ => new List<TimeSpan>()).ToArray();
        var admitted = new Queue<TimeSpan>();
        var arrivals = new PriorityQueue<int, TimeSpan>(
            Enumerable.Range(0, workers).Select(worker => (worker, TimeSpan.FromSeconds(random.NextDouble() / 10)))
        );
        while (arrivals.TryDequeue(out var worker, out var now) && now < length)
        {
            while (admitted.Count > 0 && now - admitted.Peek() >= TimeSpan.FromSeconds(1))
            {
                admitted.Dequeue();
            }

            var pace = paces[worker];
            var pause = TimeSpan.FromMilliseconds(1 + random.NextDouble());
            if (admitted.Count < limit(now))
            {
                admitted.Enqueue(now);
                answered[worker].Add(now);
                pace.Answered(now);
            }
            else
            {
                pace.Lower(now);
                pause = pace.IsKnown ? pace.Pause : TimeSpan.FromSeconds(0.5);
            }

            var turn = pace.TakeTurn(now + pause, TimeSpan.MaxValue, random.NextDouble())!.Value;
            arrivals.Enqueue(worker, now + pause + (turn > TimeSpan.Zero ? turn : TimeSpan.Zero));
        }

        return answered;
    }
}
