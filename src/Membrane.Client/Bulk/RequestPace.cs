using System;
using System.Collections.Generic;

namespace Membrane.Client.Bulk;

/// <summary>
/// How many requests a second a batch sends once it knows what the service takes: a tenth less whenever it is limited, and from then on more
/// again, slowly at first and faster with time. Requests are spread evenly, because a burst meets the limit before the average does. Several
/// workers that do so come to equal shares by themselves: who sends more is limited more often, and all gain the same.
/// </summary>
internal sealed class RequestPace
{
    private const int FewAnswers = 5;
    private const double SlowestPace = 0.5;
    private const double PartThatStays = 0.9;

    // By how much the pace may exceed what was answered: else one that no limit met would grow without end, and be cut from there.
    private const double MostAboveAnswered = 1.2;

    // In a second after the last limit; four times as much in two, and so on.
    private const double LeastGain = 0.2;
    private const double PartOfGain = 0.01;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ShortestSpan = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(0.05);

    private readonly Queue<TimeSpan> answers = new();
    private double lowered;
    private TimeSpan loweredAt;
    private TimeSpan nextTurn;

    /// <summary>Whether a limit was met while the service answered, so that its rate is known.</summary>
    public bool IsKnown => lowered > 0;

    /// <summary>How long a batch pauses that was limited at this pace: about until its next turn.</summary>
    public TimeSpan Pause => Longer(TimeSpan.FromSeconds(Math.Min(0.5, 1 / lowered)), ShortestPause);

    /// <summary>Notes that the service has answered.</summary>
    public void Answered(TimeSpan now)
    {
        answers.Enqueue(now);
        Forget(now);
    }

    /// <summary>Notes that the service limits the rate.</summary>
    public void Lower(TimeSpan now)
    {
        Forget(now);
        if (answers.Count >= FewAnswers)
        {
            var answered = answers.Count / Longer(now < Window ? now : Window, ShortestSpan).TotalSeconds;
            lowered = PartThatStays * (IsKnown ? Math.Min(At(now), answered * MostAboveAnswered) : answered);
        }
        else if (IsKnown)
        {
            lowered = PartThatStays * At(now);
        }
        else
        {
            return;
        }

        lowered = Math.Max(SlowestPace, lowered);
        loweredAt = now;
        nextTurn = Longer(nextTurn, now);
    }

    /// <summary>Takes the next turn, and returns how long it is until then; null where that is too long, and then no turn is taken.</summary>
    /// <param name="now">The present time.</param>
    /// <param name="longest">How long it may be.</param>
    /// <param name="random">A random number from 0 to 1, so that several workers do not keep step.</param>
    public TimeSpan? TakeTurn(TimeSpan now, TimeSpan longest, double random)
    {
        if (!IsKnown)
        {
            return TimeSpan.Zero;
        }

        var interval = TimeSpan.FromSeconds(1 / At(now));
        // Of the turns that were not used no more than two are made up for: timers and busy machines are late.
        var turn = Longer(nextTurn, now - TimeSpan.FromTicks(interval.Ticks * 2));
        if (turn > now && turn - now > longest)
        {
            return null;
        }

        nextTurn = turn + TimeSpan.FromTicks((long)(interval.Ticks * (0.8 + (0.4 * random))));
        return turn - now;
    }

    private double At(TimeSpan now)
    {
        var seconds = (now - loweredAt).TotalSeconds;
        return lowered + (Math.Max(LeastGain, PartOfGain * lowered) * seconds * seconds);
    }

    private void Forget(TimeSpan now)
    {
        while (answers.Count > 0 && now - answers.Peek() > Window)
        {
            answers.Dequeue();
        }
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
