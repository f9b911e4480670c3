using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Membrane.Emulator.Flows;

/// <summary>
/// A time table in the five fields of cron: minute, hour, day of the month, month, day of the week, in UTC. Lists, ranges, steps and the
/// English names of months and days are known; where both kinds of days are given, either will do, as cron has it.
/// </summary>
internal sealed class CronExpression
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    private readonly HashSet<int> minutes;
    private readonly HashSet<int> hours;
    private readonly HashSet<int> daysOfMonth;
    private readonly HashSet<int> months;
    private readonly HashSet<int> daysOfWeek;
    private readonly bool isAnyDayOfMonth;
    private readonly bool isAnyDayOfWeek;

    private CronExpression(string[] fields)
    {
        minutes = Read(fields[0], 0, 59, []);
        hours = Read(fields[1], 0, 23, []);
        daysOfMonth = Read(fields[2], 1, 31, []);
        months = Read(fields[3], 1, 12, Months, firstName: 1);
        daysOfWeek = [.. Read(fields[4], 0, 7, Days).Select(static day => day % 7)];
        isAnyDayOfMonth = fields[2].StartsWith("*", StringComparison.Ordinal);
        isAnyDayOfWeek = fields[4].StartsWith("*", StringComparison.Ordinal);
    }

    /// <summary>Reads an expression.</summary>
    /// <exception cref="FormatException">It is not a cron expression.</exception>
    public static CronExpression Parse(string text)
    {
        var fields = text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return fields.Length == 5
            ? new CronExpression(fields)
            : throw new FormatException($"'{text}' has {fields.Length} fields, and not the five of minute, hour, day, month and weekday");
    }

    /// <summary>Returns the times after one moment and up to another.</summary>
    public IEnumerable<DateTimeOffset> Between(DateTimeOffset after, DateTimeOffset until)
    {
        var first = after.ToUniversalTime().AddMinutes(1);
        var minute = new DateTimeOffset(first.Year, first.Month, first.Day, first.Hour, first.Minute, 0, TimeSpan.Zero);
        while (minute <= until)
        {
            if (!IsDay(minute))
            {
                minute = new DateTimeOffset(minute.Date, TimeSpan.Zero).AddDays(1);
            }
            else if (!hours.Contains(minute.Hour))
            {
                minute = minute.AddMinutes(60 - minute.Minute);
            }
            else
            {
                if (minutes.Contains(minute.Minute))
                {
                    yield return minute;
                }

                minute = minute.AddMinutes(1);
            }
        }
    }

    private bool IsDay(DateTimeOffset time)
    {
        if (!months.Contains(time.Month))
        {
            return false;
        }

        var isDayOfMonth = daysOfMonth.Contains(time.Day);
        var isDayOfWeek = daysOfWeek.Contains((int)time.DayOfWeek);
        return isAnyDayOfMonth || isAnyDayOfWeek ? isDayOfMonth && isDayOfWeek : isDayOfMonth || isDayOfWeek;
    }

    private static HashSet<int> Read(string field, int least, int most, string[] names, int firstName = 0)
    {
        var values = new HashSet<int>();
        foreach (var part in field.Split(','))
        {
            var step = part.Split('/');
            var range = step[0].Split('-');
            var every = step.Length == 1 ? 1 : Number(step[1], []);
            var (from, to) =
                range[0] == "*" && range.Length == 1 ? (least, most)
                : range.Length > 1 ? (Number(range[0], names), Number(range[1], names))
                : step.Length > 1 ? (Number(range[0], names), most)
                : (Number(range[0], names), Number(range[0], names));
            if (step.Length > 2 || range.Length > 2 || every < 1 || from < least || to > most || from > to)
            {
                throw Wrong();
            }

            for (var value = from; value <= to; value += every)
            {
                values.Add(value);
            }
        }

        return values;

        int Number(string text, string[] words)
        {
            var name = Array.FindIndex(words, word => string.Equals(word, text, StringComparison.OrdinalIgnoreCase));
            return name >= 0 ? name + firstName
                : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
                : throw Wrong();
        }

        FormatException Wrong() => new($"'{field}' is not made of numbers from {least} to {most}");
    }
}
