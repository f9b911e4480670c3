using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Linq;
using System.Security;
using Membrane.Client.Json;

namespace Membrane.Client.Rows;

/// <summary>
/// Brings values into the form that a schema asks for: text of a table into numbers, dates into text, a lone value into a list of one. What
/// it
/// cannot bring into that form without losing or inventing something is a problem, named by its path.
/// </summary>
/// <param name="objects">What objects look like on this host.</param>
/// <param name="parameterName">The parameter that the values came by, for errors.</param>
internal sealed class ValueConverter(IObjectAdapter objects, string parameterName)
{
    private const int MaxShown = 60;

    /// <summary>What was found wrong since the last <see cref="TakeProblems"/>.</summary>
    private readonly List<ActionInputProblem> problems = [];

    /// <summary>The problems found, which are forgotten here.</summary>
    public IReadOnlyList<ActionInputProblem> TakeProblems()
    {
        var found = problems.ToArray();
        problems.Clear();
        return found;
    }

    /// <summary>Whether a value is nothing: null, DBNull, or text of blanks only.</summary>
    public bool IsBlank(object? value) =>
        objects.Unwrap(value) is null or "" || (objects.Unwrap(value) is string text && string.IsNullOrWhiteSpace(text));

    /// <summary>The value in the form of the schema.</summary>
    /// <param name="value">The value.</param>
    /// <param name="rule">What the schema says.</param>
    /// <param name="path">Where it is in the input.</param>
    /// <returns>What is written as JSON; meaningless where it is a problem.</returns>
    public object? Convert(object? value, ValueRule rule, InputPath path)
    {
        var bare = objects.Unwrap(value);
        switch (bare)
        {
            case null:
                return rule.AllowsNull ? null : Refuse(path, "type", "is null, and the app does not take null");
            case UnreadableValue unreadable:
                throw unreadable.Refuse(path.Text, parameterName);
            case string text:
                return FromText(text, rule, path);
            case bool flag:
                return FromBoolean(flag, rule, path);
        }

        if (rule.TakesAnything)
        {
            return value;
        }

        return bare is SecureString or Delegate ? RefuseType(path, rule, $"a {bare.GetType().Name}")
            : SimpleValue.TextOf(bare) is { } written ? FromSimple(bare, written, rule, path)
            : SimpleValue.DigitsOf(bare) is { } digits ? FromNumber(bare, digits, rule, path)
            : ObjectMembers.Of(value, objects) is { } members ? FromObject(value!, members, rule, path)
            : bare is IEnumerable list ? FromList(list, rule, path)
            : rule.Takes("object") || rule.Takes("array") ? value
            : RefuseType(path, rule, $"a {bare.GetType().Name}");
    }

    private object? FromText(string text, ValueRule rule, InputPath path)
    {
        if (rule.TakesAnything)
        {
            return text;
        }

        if (rule.Takes("string"))
        {
            return Formatted(text, rule, path);
        }

        var number = rule.Takes("number") || rule.Takes("integer") ? NumberText.Parse(text, isWhole: !rule.Takes("number")) : null;
        return number
            ?? (rule.Takes("boolean") ? Truth(text) : null)
            ?? (rule.Takes("array") ? Alone(text, rule, path) : RefuseType(path, rule, Shown(text)));
    }

    private object? FromBoolean(bool flag, ValueRule rule, InputPath path) =>
        rule.TakesAnything || rule.Takes("boolean") ? flag
        : rule.Takes("string") ? Formatted(flag ? "true" : "false", rule, path)
        : rule.Takes("array") ? Alone(flag, rule, path)
        : RefuseType(path, rule, flag ? "true" : "false");

    // Dates, ids, addresses, enums: simple values that JSON has as text.
    private object? FromSimple(object bare, string written, ValueRule rule, InputPath path) =>
        rule.Takes("string")
            ? rule.Format == "date" && DayOf(bare) is { } day
                ? day
                : Formatted(written, rule, path)
            : rule.Takes("array")
                ? Alone(bare, rule, path)
                : RefuseType(path, rule, Shown(written));

    private object? FromNumber(object bare, string digits, ValueRule rule, InputPath path)
    {
        var isFinite = SimpleValue.IsFinite(bare);
        if (isFinite && rule.Takes("number"))
        {
            return bare;
        }

        if (rule.Takes("integer") && NumberText.Parse(digits, isWhole: true) is { } whole)
        {
            return whole;
        }

        if (!isFinite && !rule.Takes("string") && (rule.Takes("number") || rule.Takes("integer")))
        {
            return Refuse(path, "type", "is not a finite number, and JSON has no other");
        }

        return rule.Takes("string") ? Formatted(digits, rule, path)
            : rule.Takes("boolean") && NumberText.Parse(digits, isWhole: true) is { } one && Truth(SimpleValue.DigitsOf(one)!) is { } truth
                ? truth
            : rule.Takes("array") ? Alone(bare, rule, path)
            : RefuseType(path, rule, digits);
    }

    private object? FromObject(object value, IEnumerable<KeyValuePair<string, object?>> members, ValueRule rule, InputPath path)
    {
        if (!rule.Takes("object"))
        {
            return rule.Takes("array") ? Alone(value, rule, path) : RefuseType(path, rule, "an object");
        }

        var converted = Copy(members);
        foreach (var name in converted.Keys.Cast<string>().Where(rule.Members.ContainsKey).ToArray())
        {
            // Only the cells of a row are left out where they are empty: what an object holds is there on purpose.
            converted[name] = objects.Unwrap(converted[name]) is null
                ? null
                : Convert(converted[name], rule.Members[name], path.Member(name));
        }

        return converted;
    }

    private object? FromList(IEnumerable list, ValueRule rule, InputPath path)
    {
        if (!rule.Takes("array"))
        {
            return RefuseType(path, rule, "a list");
        }

        if (rule.Items is not { } item)
        {
            return list;
        }

        return list.Cast<object?>().Select((value, index) => Convert(value, item, path.Item(index))).ToArray();
    }

    private object?[] Alone(object value, ValueRule rule, InputPath path) =>
        [rule.Items is { } item ? Convert(value, item, path.Item(0)) : value];

    private object? Formatted(string text, ValueRule rule, InputPath path)
    {
        if (rule.Values.Count > 0)
        {
            return Known(text, rule.Values)
                ?? Refuse(path, "enum", $"is {Shown(text)}, and the app takes one of {string.Join(", ", rule.Values.Select(Shown))}");
        }

        return rule.Format switch
        {
            "date" => TimeText.Day(text) ?? Refuse(path, "format", $"takes a day like 2026-03-04 (ISO 8601), and {Shown(text)} is not one"),
            "date-time" => TimeText.Time(text)
                ?? Refuse(path, "format", $"takes a time like 2026-03-04T15:00:00Z (ISO 8601), and {Shown(text)} is not one"),
            _ => text,
        };
    }

    // The day that a value has by its own clock.
    private static string? DayOf(object value) =>
        value switch
        {
            DateTime time => SimpleValue.Day(time),
            DateTimeOffset time => SimpleValue.Day(time.DateTime),
            _ => null,
        };

    // In another case it is the one that the app knows, unless that could be two.
    private static string? Known(string text, IReadOnlyList<string> values)
    {
        if (values.Contains(text, StringComparer.Ordinal))
        {
            return text;
        }

        var similar = values.Where(value => value.Trim().Equals(text.Trim(), StringComparison.OrdinalIgnoreCase)).Take(2).ToArray();
        return similar.Length == 1 ? similar[0] : null;
    }

    private static object? Truth(string text) =>
        text.Trim().ToLowerInvariant() switch
        {
            "true" or "yes" or "1" => true,
            "false" or "no" or "0" => false,
            _ => null,
        };

    private static OrderedDictionary Copy(IEnumerable<KeyValuePair<string, object?>> members)
    {
        var copy = new OrderedDictionary(StringComparer.Ordinal);
        foreach (var member in members)
        {
            copy[member.Key] = member.Value;
        }

        return copy;
    }

    private static string Shown(string text) => "'" + ShownText.OfLine(text, MaxShown) + "'";

    private object? RefuseType(InputPath path, ValueRule rule, string what) =>
        Refuse(path, "type", $"takes {rule.Words}, and {what} is not one");

    private object? Refuse(InputPath path, string keyword, string why)
    {
        problems.Add(new ActionInputProblem(path.Text, path.Pointer, keyword, $"The field '{path.Text}' {why}."));
        return null;
    }
}
