using System;
using System.Collections.Generic;
using System.Text.Json;
using Membrane.Emulator.Json;

namespace Membrane.Emulator.Flows;

/// <summary>
/// When a trigger of the type schedule-trigger launches its flow. Its settings are not documented: the emulator takes <c>cron</c>,
/// <c>intervalMinutes</c> and <c>intervalSeconds</c>.
/// </summary>
internal sealed class FlowSchedule
{
    private readonly CronExpression? cron;
    private readonly TimeSpan interval;

    private FlowSchedule(CronExpression? cron, TimeSpan interval)
    {
        this.cron = cron;
        this.interval = interval;
    }

    /// <summary>Reads the settings of a trigger.</summary>
    /// <exception cref="FormatException">They say no schedule.</exception>
    public static FlowSchedule Read(JsonElement config)
    {
        if (config.Member("cron") is { } cron)
        {
            return new FlowSchedule(
                CronExpression.Parse(cron.ValueKind == JsonValueKind.String ? cron.GetString()! : cron.ToString()),
                TimeSpan.Zero
            );
        }

        foreach ((var name, var unit) in new[] { ("intervalMinutes", 60), ("intervalSeconds", 1) })
        {
            if (config.Member(name) is { } given)
            {
                return given.ValueKind == JsonValueKind.Number && given.TryGetDouble(out var number) && number * unit is >= 1 and <= 1e9
                    ? new FlowSchedule(null, TimeSpan.FromSeconds(number * unit))
                    : throw new FormatException($"'{name}' is not a number of at least one second");
            }
        }

        throw new FormatException("there is neither 'cron' nor 'intervalMinutes' nor 'intervalSeconds'");
    }

    /// <summary>Returns the times after one moment and up to another.</summary>
    /// <param name="start">When the schedule began; an interval is counted from there.</param>
    /// <param name="after">The moment that is over.</param>
    /// <param name="until">The last moment.</param>
    public IEnumerable<DateTimeOffset> Between(DateTimeOffset start, DateTimeOffset after, DateTimeOffset until)
    {
        var from = start > after ? start : after;
        return cron is null ? Intervals(start, from, until) : cron.Between(from, until);
    }

    private IEnumerable<DateTimeOffset> Intervals(DateTimeOffset start, DateTimeOffset after, DateTimeOffset until)
    {
        for (var time = start.AddTicks((((after - start).Ticks / interval.Ticks) + 1) * interval.Ticks); time <= until; time += interval)
        {
            yield return time;
        }
    }
}
