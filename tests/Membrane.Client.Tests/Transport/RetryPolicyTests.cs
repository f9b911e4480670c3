using System;
using System.Collections.Generic;
using Membrane.Client.Transport;
using Xunit;

namespace Membrane.Client.Tests.Transport;

public sealed class RetryPolicyTests
{
    private static readonly RetryPolicy Policy = new();

    [Theory]
    // Repeatable: what the promise lists, and nothing else.
    [InlineData(true, 400, null, false)]
    [InlineData(true, 401, null, false)]
    [InlineData(true, 403, null, false)]
    [InlineData(true, 404, null, false)]
    [InlineData(true, 408, null, true)]
    [InlineData(true, 409, null, false)]
    [InlineData(true, 425, null, false)]
    [InlineData(true, 429, null, true)]
    [InlineData(true, 429, 3, true)]
    [InlineData(true, 500, null, false)]
    [InlineData(true, 501, null, false)]
    [InlineData(true, 502, null, true)]
    [InlineData(true, 503, null, true)]
    [InlineData(true, 503, 3, true)]
    [InlineData(true, 504, null, true)]
    [InlineData(true, 505, null, false)]
    [InlineData(true, 302, null, false)]
    // Not repeatable: only what was rate limited.
    [InlineData(false, 400, null, false)]
    [InlineData(false, 408, null, false)]
    [InlineData(false, 429, null, true)]
    [InlineData(false, 429, 3, true)]
    [InlineData(false, 500, null, false)]
    [InlineData(false, 502, null, false)]
    [InlineData(false, 502, 3, false)]
    [InlineData(false, 503, null, false)]
    [InlineData(false, 503, 3, true)]
    [InlineData(false, 503, 0, true)]
    [InlineData(false, 504, null, false)]
    [InlineData(false, 504, 3, false)]
    public void A_status_is_retried_or_not(bool isRepeatable, int status, int? retryAfterSeconds, bool expected)
    {
        TimeSpan? retryAfter = retryAfterSeconds is null ? null : TimeSpan.FromSeconds(retryAfterSeconds.Value);

        Assert.Equal(expected, Policy.NextDelay(new Attempt(AttemptEnd.Status, status, retryAfter), 1, isRepeatable, 0.5) is not null);
    }

    [Theory]
    [InlineData("NotSent", true, true)]
    [InlineData("NotSent", false, true)]
    [InlineData("Lost", true, true)]
    [InlineData("Lost", false, false)]
    [InlineData("NotTrusted", true, false)]
    [InlineData("NotTrusted", false, false)]
    [InlineData("TimedOut", true, false)]
    [InlineData("TimedOut", false, false)]
    public void A_failure_without_a_status_is_retried_or_not(string end, bool isRepeatable, bool expected)
    {
        var attempt = new Attempt(Enum.Parse<AttemptEnd>(end));

        Assert.Equal(expected, Policy.NextDelay(attempt, 1, isRepeatable, 0.5) is not null);
    }

    [Theory]
    [InlineData("NotSent", 0, null, true)]
    [InlineData("NotTrusted", 0, null, true)]
    [InlineData("Lost", 0, null, false)]
    [InlineData("TimedOut", 0, null, false)]
    [InlineData("Status", 429, null, true)]
    [InlineData("Status", 503, null, false)]
    [InlineData("Status", 503, 0, true)]
    [InlineData("Status", 500, null, false)]
    [InlineData("Status", 502, 1, false)]
    public void What_provably_did_not_run_is_known(string end, int status, int? retryAfterSeconds, bool expected)
    {
        TimeSpan? retryAfter = retryAfterSeconds is null ? null : TimeSpan.FromSeconds(retryAfterSeconds.Value);

        Assert.Equal(expected, RetryPolicy.DidNotRun(new Attempt(Enum.Parse<AttemptEnd>(end), status, retryAfter)));
    }

    [Theory]
    [InlineData(1, 0, 0.375)]
    [InlineData(1, 1, 0.5)]
    [InlineData(2, 0, 0.75)]
    [InlineData(2, 1, 1)]
    [InlineData(3, 1, 2)]
    [InlineData(4, 1, 4)]
    [InlineData(5, 1, 8)]
    [InlineData(6, 1, 8)]
    [InlineData(9, 0, 6)]
    public void The_delay_doubles_up_to_the_longest_one_with_jitter_below_it(int number, double random, double expectedSeconds)
    {
        var patient = new RetryPolicy { MaxAttempts = 10 };

        Assert.Equal(TimeSpan.FromSeconds(expectedSeconds), patient.NextDelay(new Attempt(AttemptEnd.NotSent), number, true, random));
    }

    [Fact]
    public void Jitter_stays_between_three_quarters_of_the_delay_and_the_delay()
    {
        var random = new Random(20260726);
        for (var round = 0; round < 10_000; round++)
        {
            var delay = Policy.NextDelay(new Attempt(AttemptEnd.Lost), 1, true, random.NextDouble())!.Value;
            Assert.InRange(delay, TimeSpan.FromSeconds(0.375), TimeSpan.FromSeconds(0.5));
        }
    }

    [Theory]
    [InlineData(0.1, 0.375)]
    [InlineData(0.5, 0.5)]
    [InlineData(5, 5.0)]
    [InlineData(60, 60.0)]
    [InlineData(60.1, null)]
    [InlineData(86400, null)]
    public void The_service_may_ask_for_a_longer_delay_within_the_bound(double retryAfterSeconds, double? expectedSeconds)
    {
        var delay = Policy.NextDelay(new Attempt(AttemptEnd.Status, 429, TimeSpan.FromSeconds(retryAfterSeconds)), 1, false, 0);

        Assert.Equal(expectedSeconds, delay?.TotalSeconds);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(5)]
    [InlineData(60)]
    public void What_the_service_asks_for_is_kept_and_not_by_all_at_the_same_moment(double seconds)
    {
        var asked = TimeSpan.FromSeconds(seconds);
        var attempt = new Attempt(AttemptEnd.Status, 429, asked);
        var random = new Random(20260726);
        var delays = new HashSet<TimeSpan>();
        for (var round = 0; round < 1000; round++)
        {
            var delay = Policy.NextDelay(attempt, 1, false, random.NextDouble())!.Value;
            Assert.InRange(delay, asked, asked + TimeSpan.FromSeconds(1));
            delays.Add(delay);
        }

        Assert.True(delays.Count > 900);
    }

    [Theory]
    [InlineData(1, 1, false)]
    [InlineData(2, 1, true)]
    [InlineData(2, 2, false)]
    [InlineData(4, 3, true)]
    [InlineData(4, 4, false)]
    [InlineData(10, 9, true)]
    [InlineData(10, 10, false)]
    public void There_are_never_more_tries_than_allowed(int maxAttempts, int number, bool expected)
    {
        var policy = new RetryPolicy { MaxAttempts = maxAttempts };

        Assert.Equal(expected, policy.NextDelay(new Attempt(AttemptEnd.NotSent), number, true, 0.5) is not null);
    }

    [Theory]
    [InlineData(1, 0, 0.375)]
    [InlineData(1, 1, 0.5)]
    [InlineData(2, 1, 1)]
    [InlineData(3, 1, 2)]
    [InlineData(5, 1, 8)]
    [InlineData(50, 0, 6)]
    [InlineData(5000, 1, 8)]
    public void A_batch_that_is_not_told_when_to_come_back_asks_less_and_less_often(int number, double random, double expectedSeconds) =>
        Assert.Equal(TimeSpan.FromSeconds(expectedSeconds), Policy.LimiterPause(new Attempt(AttemptEnd.Status, 429), number, random));

    [Theory]
    [InlineData(1, 0, 3)]
    [InlineData(9, 0, 3)]
    [InlineData(9, 1, 3.3)]
    public void A_batch_that_is_told_when_to_come_back_does_so(int number, double random, double expectedSeconds) =>
        Assert.Equal(
            TimeSpan.FromSeconds(expectedSeconds),
            Policy.LimiterPause(new Attempt(AttemptEnd.Status, 429, TimeSpan.FromSeconds(3)), number, random)
        );

    [Fact]
    public void A_batch_that_may_come_back_at_once_backs_off_anyway() =>
        Assert.Equal(TimeSpan.FromSeconds(4), Policy.LimiterPause(new Attempt(AttemptEnd.Status, 429, TimeSpan.Zero), 4, 1));
}
