// Random schemas, random rows, and what is right for them by the rules alone: nothing here is code of the product, and no rule is read from
// it. Shared by RowsDifferential.Tests.ps1, which sends the rows through real commands, and RowPropertyTests.cs, which binds more of them.
#nullable disable
using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Membrane.Tests.Oracle;

/// <summary>
/// One schema with rows, and what becomes of each: the input that is sent, as JSON, or the properties that a refusal may name.
/// </summary>
public sealed class RowCases
{
    private const string Refused = "!";

    // Names of properties, with those of their parameters.
    private static readonly string[][] Names =
    {
        new[] { "email", "Email" },
        new[] { "first_name", "FirstName" },
        new[] { "Last Name", "LastName" },
        new[] { "user-id", "UserId" },
        new[] { "id", null },
        new[] { "ID", null },
        new[] { "host", "HostValue" },
        new[] { "verbose", "VerboseValue" },
        new[] { "$top", null },
        new[] { "a/b", null },
        new[] { "Größe", null },
        new[] { "@type", null },
        new[] { "Deal Size ($)", null },
        new[] { "名前", null },
        new[] { "it's", null },
        new[] { "InputObject", "InputObjectValue" },
        new[] { "event", "EventValue" },
        new[] { "x.y", null },
        new[] { "ordered", "OrderedValue" },
        new[] { "~tilde", null },
        new[] { "count", "Count" },
    };

    private readonly Random random;
    private readonly string argument;
    private readonly List<Property> properties = new();

    public RowCases(int seed, int rows)
    {
        random = new Random(seed);
        foreach (var name in Names.OrderBy(_ => random.Next()).Take(random.Next(1, 11)))
        {
            var kind = Kinds.Keys.ElementAt(random.Next(Kinds.Count));
            properties.Add(
                new Property
                {
                    Name = name[0],
                    Parameter = name[1],
                    Kind = kind,
                    IsRequired = random.Next(6) == 0,
                }
            );
        }

        var members = new JsonObject();
        foreach (var property in properties)
        {
            members[property.Name] = JsonNode.Parse(Kinds[property.Kind]);
        }

        Schema = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = members,
            ["required"] = new JsonArray(properties.Where(one => one.IsRequired).Select(one => (JsonNode)one.Name).ToArray()),
        }.ToJsonString();
        if (random.Next(3) == 0 && properties.FirstOrDefault(one => one.Parameter != null && Good(one, IsArgument) != null) is { } given)
        {
            // What is wrong in an argument ends the command, which is tried elsewhere: here it is right.
            ArgumentParameter = given.Parameter;
            ArgumentProperty = given.Name;
            ArgumentValue = Good(given, IsArgument);
            argument = Rules[given.Kind](ArgumentValue);
        }

        for (var row = 0; row < rows; row++)
        {
            AddRow();
        }
    }

    public string Schema { get; }

    public string ArgumentParameter { get; }

    public string ArgumentProperty { get; }

    public object ArgumentValue { get; }

    /// <summary>The properties with a parameter whose name is known: name of the parameter, name of the property.</summary>
    public IEnumerable<KeyValuePair<string, string>> Parameters =>
        properties.Where(one => one.Parameter != null).Select(one => new KeyValuePair<string, string>(one.Parameter, one.Name));

    public List<OrderedDictionary> Rows { get; } = new();

    /// <summary>The JSON that is right for each row; null where it is refused.</summary>
    public List<string> Sent { get; } = new();

    /// <summary>For each row the properties that its cells are wrong for.</summary>
    public List<string[]> Wrong { get; } = new();

    /// <summary>For each row the required properties that it lacks.</summary>
    public List<string[]> Missing { get; } = new();

    /// <summary>What differs between what is right and what came.</summary>
    /// <param name="sent">The inputs that were sent, in the order of the rows.</param>
    /// <param name="refusals">The message of the refusal of each row; null for a row without one.</param>
    public string[] Compare(string[] sent, string[] refusals)
    {
        var problems = new List<string>();
        var next = 0;
        for (var row = 0; row < Rows.Count; row++)
        {
            var names = Wrong[row].Length > 0 ? Wrong[row] : Missing[row];
            if (names.Length > 0)
            {
                if (refusals[row] is null)
                {
                    problems.Add($"row {row} was not refused for {string.Join(", ", names)}: {Show(row)}");
                }
                else if (!names.All(name => refusals[row].Contains(name)))
                {
                    problems.Add($"row {row} was refused without the name of {string.Join(", ", names)}: {refusals[row]}");
                }
            }
            else if (refusals[row] is not null)
            {
                problems.Add($"row {row} was refused: {refusals[row]} {Show(row)}");
            }
            else if (next >= sent.Length)
            {
                problems.Add($"row {row} was not sent");
            }
            else if (!AreSame(sent[next++], Sent[row]))
            {
                problems.Add($"row {row} was sent as {sent[next - 1]} instead of {Sent[row]}");
            }
        }

        if (next < sent.Length)
        {
            problems.Add($"{sent.Length - next} inputs more than rows");
        }

        return problems.ToArray();
    }

    private string Show(int row) =>
        string.Join("; ", Rows[row].Cast<DictionaryEntry>().Select(entry => $"{entry.Key} = {entry.Value} ({entry.Value?.GetType().Name})"))
        + " of "
        + Schema;

    private void AddRow()
    {
        var row = new OrderedDictionary(StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var property in properties.OrderBy(_ => random.Next()))
        {
            var name = random.Next(8) switch
            {
                0 => null,
                1 => property.Name.ToUpperInvariant(),
                2 => property.Parameter ?? property.Name,
                _ => property.Name,
            };
            if (name is null || !taken.Add(name))
            {
                continue;
            }

            var values = Values(random);
            row[name] =
                random.Next(10) == 0 ? Empty(random)
                : random.Next(6) == 0 ? values[random.Next(values.Length)]
                : Good(property, _ => true);
        }

        if (random.Next(5) == 0)
        {
            row["nobody knows " + random.Next(3)] = "x";
        }

        var members = Match(row.Keys.Cast<string>().ToArray());
        var sent = new JsonObject();
        var wrong = new List<string>();
        foreach (var property in properties)
        {
            var expected =
                property.Name == ArgumentProperty ? argument
                : members.TryGetValue(property.Name, out var member) && !IsEmpty(row[member]) ? Rules[property.Kind](row[member])
                : null;
            if (expected == Refused)
            {
                wrong.Add(property.Name);
            }
            else if (expected != null)
            {
                sent[property.Name] = JsonNode.Parse(expected);
            }
        }

        Rows.Add(row);
        Wrong.Add(wrong.ToArray());
        Missing.Add(
            properties
                .Where(one => one.IsRequired && !sent.ContainsKey(one.Name) && !wrong.Contains(one.Name))
                .Select(one => one.Name)
                .ToArray()
        );
        Sent.Add(sent.ToJsonString());
    }

    // Rule 1: exactly the name, else ignoring case, else the name of the parameter. A member serves one property.
    private Dictionary<string, string> Match(string[] members)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        var free = members.ToList();
        foreach (
            var fits in new Func<Property, string, bool>[]
            {
                (property, member) => property.Name == member,
                (property, member) => property.Name.Equals(member, StringComparison.OrdinalIgnoreCase),
                (property, member) => member.Equals(property.Parameter, StringComparison.OrdinalIgnoreCase),
            }
        )
        {
            foreach (var property in properties.Where(one => !found.ContainsKey(one.Name)))
            {
                var member = free.FirstOrDefault(one => fits(property, one));
                if (member is null)
                {
                    continue;
                }

                found[property.Name] = member;
                free.Remove(member);
            }
        }

        return found;
    }

    private object Good(Property property, Func<object, bool> fits)
    {
        var good = Values(random).Where(value => Rules[property.Kind](value) != Refused && fits(value)).ToArray();
        return good.Length > 0 ? good[random.Next(good.Length)] : null;
    }

    // Parameters hold 64 bits, 15 digits and dates of .NET; what they cannot hold is refused there.
    private static bool IsArgument(object value) =>
        value is string text
            ? !text.Contains('9') && text == text.Trim() && text.Count(char.IsDigit) <= 15
            : value is bool or int or DayOfWeek or Guid;

    private static object Empty(Random random) =>
        random.Next(4) switch
        {
            0 => null,
            1 => DBNull.Value,
            2 => string.Empty,
            _ => " \t ",
        };

    private static bool IsEmpty(object value) => value is null or DBNull || (value is string text && text.Trim().Length == 0);

    // ---- What each kind of property makes of a value, by the rules ----

    private static readonly Dictionary<string, Func<object, string>> Rules = new()
    {
        ["text"] = AsText,
        ["integer"] = value => Whole(value),
        ["nullable"] = value => Whole(value),
        ["reference"] = value => Whole(value),
        ["number"] = value => Number(value),
        ["boolean"] = Truth,
        ["date"] = Day,
        ["time"] = Time,
        ["closed"] = value =>
            value is string text
                ? new[] { "Open", "Closed" }.FirstOrDefault(one => one.Equals(text.Trim(), StringComparison.OrdinalIgnoreCase)) is { } known
                    ? Quote(known)
                    : Refused
                : Refused,
        ["open"] = AsText,
        ["integers"] = value => List(value, Whole),
        ["texts"] = value => List(value, AsText),
        ["object"] = Object,
        ["several"] = value =>
            value is string text ? Quote(text)
            : Whole(value) is { } whole && whole != Refused ? whole
            : AsText(value),
    };

    // A lone value is a list of one.
    private static string List(object value, Func<object, string> rule)
    {
        var items = (value is IEnumerable several and not (string or IDictionary) ? several.Cast<object>() : new[] { value })
            .Select(rule)
            .ToArray();
        return items.Contains(Refused) ? Refused : "[" + string.Join(",", items) + "]";
    }

    private static string AsText(object value) => Simple(value) is { } text ? Quote(text) : Refused;

    private static string Simple(object value) =>
        value switch
        {
            string text => text,
            bool flag => flag ? "true" : "false",
            char letter => letter.ToString(),
            Enum name => name.ToString(),
            DateTime time => time.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)
                + (time.Kind == DateTimeKind.Utc ? "Z" : string.Empty),
            DateTimeOffset time => time.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            TimeOnly time => time.ToString("HH:mm:ss", CultureInfo.InvariantCulture),
            Uri address => address.OriginalString,
            Guid or Version or IPAddress or TimeSpan => value.ToString(),
            float or double or Half => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
            IFormattable number when value is not IEnumerable => number.ToString(null, CultureInfo.InvariantCulture),
            _ => null,
        };

    private static string Whole(object value)
    {
        var number = Number(value);
        if (number == Refused)
        {
            return Refused;
        }
        // By digits: what stands behind the point must be nothing but zeros.
        var parsed = decimal.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var small) ? small : 0m;
        return BigInteger.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
                ? whole.ToString(CultureInfo.InvariantCulture)
            : parsed == decimal.Truncate(parsed) && (parsed != 0m || number.All(letter => letter is '0' or '.' or '-'))
                ? decimal.Truncate(parsed).ToString(CultureInfo.InvariantCulture)
            : Refused;
    }

    private static string Number(object value)
    {
        if (
            value
            is bool
                or char
                or Enum
                or DateTime
                or DateTimeOffset
                or DateOnly
                or TimeOnly
                or Guid
                or TimeSpan
                or Version
                or Uri
                or IPAddress
        )
        {
            return Refused;
        }

        var text =
            value is string given ? given.Trim()
            : value is IFormattable number ? number.ToString(null, CultureInfo.InvariantCulture)
            : string.Empty;
        var isForm =
            text.Length > 0
            && text.All(letter => letter is (>= '0' and <= '9') or '.' or '-' or '+' or 'e' or 'E')
            && char.IsDigit(text[^1]);
        if (!isForm)
        {
            return Refused;
        }

        if (BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            return whole.ToString(CultureInfo.InvariantCulture);
        }

        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact)
            ? exact.ToString(CultureInfo.InvariantCulture)
            : Refused;
    }

    private static string Truth(object value) =>
        value switch
        {
            bool flag => flag ? "true" : "false",
            string text when new[] { "true", "yes", "1" }.Contains(text.Trim().ToLowerInvariant()) => "true",
            string text when new[] { "false", "no", "0" }.Contains(text.Trim().ToLowerInvariant()) => "false",
            not string when Number(value) is "1" => "true",
            not string when Number(value) is "0" => "false",
            _ => Refused,
        };

    private static string Day(object value) =>
        value switch
        {
            DateTime or DateTimeOffset => Quote(((IFormattable)value).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            DateOnly day => Quote(Simple(day)),
            string text
                when text.Trim().Length == 10
                    && DateTime.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) => Quote(
                text.Trim()
            ),
            _ => Refused,
        };

    private static string Time(object value) =>
        value switch
        {
            DateTime or DateTimeOffset => Quote(Simple(value)),
            string text
                when new[] { "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:sszzz" }.Any(form =>
                    DateTimeOffset.TryParseExact(text.Trim(), form, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
                ) => Quote(text.Trim()),
            _ => Refused,
        };

    private static string Object(object value)
    {
        if (value is not IDictionary members)
        {
            return Refused;
        }

        var written = new JsonObject();
        foreach (DictionaryEntry member in members)
        {
            var expected = (string)member.Key switch
            {
                "n" => Whole(member.Value),
                "d" => Day(member.Value),
                _ => AsText(member.Value),
            };
            if (expected == Refused)
            {
                return Refused;
            }

            written[(string)member.Key] = JsonNode.Parse(expected);
        }

        return written.ToJsonString();
    }

    private static string Quote(string text) => JsonSerializer.Serialize(text);

    // ---- Kinds of properties, and values that come to them ----

    private static readonly Dictionary<string, string> Kinds = new()
    {
        ["text"] = """{ "type": "string" }""",
        ["integer"] = """{ "type": "integer" }""",
        ["nullable"] = """{ "type": ["integer", "null"] }""",
        ["reference"] = """{ "anyOf": [{ "type": "integer" }, { "type": "null" }] }""",
        ["number"] = """{ "type": "number" }""",
        ["boolean"] = """{ "type": "boolean", "default": true }""",
        ["date"] = """{ "type": "string", "format": "date" }""",
        ["time"] = """{ "type": "string", "format": "date-time" }""",
        ["closed"] = """{ "type": "string", "enum": ["Open", "Closed"] }""",
        ["open"] = """{ "type": "string", "enum": ["Open", "Closed"], "allowCustom": true }""",
        ["integers"] = """{ "type": "array", "items": { "type": "integer" } }""",
        ["texts"] = """{ "type": "array", "items": { "type": "string" } }""",
        ["object"] = """{ "type": "object", "properties": { "n": { "type": "integer" }, "d": { "type": "string", "format": "date" } } }""",
        ["several"] = """{ "type": ["integer", "string"] }""",
    };

    // Values of every type; what is right for a kind is what its rule says.
    private static object[] Values(Random random)
    {
        var instant = new DateTime(
            2020 + random.Next(10),
            1 + random.Next(12),
            1 + random.Next(28),
            random.Next(24),
            random.Next(60),
            random.Next(60),
            DateTimeKind.Utc
        );
        var number = random.NextInt64(long.MinValue, long.MaxValue);
        var small = random.Next(-1000, 1000);
        string letters = new(
            Enumerable.Range(0, 1 + random.Next(12)).Select(_ => "aZ0 \"'\\/{}[]<>&$`\u00E9\u4E2D\u0301\n"[random.Next(20)]).ToArray()
        );
        return new object[]
        {
            "Ada",
            "  Ada ",
            letters + "x",
            "\U0001F600",
            "2kb",
            "0x10",
            "1,000",
            "1,5",
            "1_000",
            "NaN",
            "n/a",
            "\u0661\u0662",
            "--1",
            "1e3",
            "-2.50",
            "3.0",
            "2.5",
            "007",
            "9007199254740993",
            " 5 ",
            small.ToString(CultureInfo.InvariantCulture),
            number.ToString(CultureInfo.InvariantCulture),
            (small / 100m).ToString(CultureInfo.InvariantCulture),
            (sbyte)-5,
            (byte)5,
            (short)-300,
            (ushort)300,
            small,
            (uint)7,
            number,
            ulong.MaxValue,
            BigInteger.Pow(10, 20 + random.Next(15)) + small,
            (Int128)number * 3,
            UInt128.MaxValue,
            (nint)small,
            small / 8.0,
            (double)small,
            small / 4f,
            (Half)1.5,
            small / 100m,
            3.0m,
            1.50m,
            double.NaN,
            double.PositiveInfinity,
            true,
            false,
            "true",
            "No",
            "YES",
            "0",
            "1",
            1,
            0,
            "maybe",
            'c',
            "2026-03-04",
            "2026-02-30",
            "04.03.2026",
            "3/4/2026",
            "2026-03-04T15:00:00Z",
            "2026-03-04T15:00:00+02:00",
            "2026-03-04T15:00:00",
            "2026-03-04 15:00:00",
            "15:00",
            20260304,
            instant,
            DateTime.SpecifyKind(instant, DateTimeKind.Unspecified),
            DateTime.SpecifyKind(instant.Date, DateTimeKind.Unspecified),
            new DateTimeOffset(DateTime.SpecifyKind(instant, DateTimeKind.Unspecified), TimeSpan.FromHours(random.Next(-11, 12))),
            DateOnly.FromDateTime(instant),
            TimeOnly.FromDateTime(instant),
            new Guid(random.Next(), 2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
            new Uri("https://example.com/a?b=" + small),
            new Version(1, 2, 3),
            IPAddress.Parse("10.0.0." + random.Next(256)),
            IPAddress.IPv6Loopback,
            TimeSpan.FromSeconds(random.Next(100_000)),
            DayOfWeek.Friday,
            "open",
            "CLOSED",
            " Closed ",
            "pending",
            new object[] { 1, "2" },
            new object[] { 1, "x" },
            new[] { 3, 4 },
            Array.Empty<object>(),
            new List<string> { "a", "b" },
            new ArrayList { true, small, "z" },
            new Hashtable
            {
                ["n"] = "5",
                ["d"] = instant,
                ["other"] = "x",
            },
            new Hashtable { ["n"] = "x" },
            new OrderedDictionary { ["n"] = 3.0, ["other"] = "" },
            new Hashtable(),
        };
    }

    // ---- JSON that says the same: members in any order, numbers by their digits, times as instants ----

    private static bool AreSame(string left, string right)
    {
        using var one = JsonDocument.Parse(left);
        using var other = JsonDocument.Parse(right);
        return AreSame(one.RootElement, other.RootElement);
    }

    private static bool AreSame(JsonElement left, JsonElement right)
    {
        if (left.ValueKind != right.ValueKind)
        {
            return false;
        }

        switch (left.ValueKind)
        {
            case JsonValueKind.Object:
                var members = right.EnumerateObject().ToDictionary(one => one.Name, one => one.Value);
                return left.EnumerateObject().Count() == members.Count
                    && left.EnumerateObject().All(one => members.TryGetValue(one.Name, out var other) && AreSame(one.Value, other));
            case JsonValueKind.Array:
                return left.GetArrayLength() == right.GetArrayLength()
                    && left.EnumerateArray().Zip(right.EnumerateArray(), AreSame).All(same => same);
            case JsonValueKind.Number:
                return AreSameNumber(left.GetRawText(), right.GetRawText());
            case JsonValueKind.String:
                return left.GetString() == right.GetString() || (Instant(left.GetString()) is { } one && one == Instant(right.GetString()));
            default:
                return true;
        }
    }

    // A time that names its zone; a parameter of PowerShell may hold it in another one.
    private static DateTimeOffset? Instant(string text) =>
        text.Length > 19
        && text[10] == 'T'
        && (text.EndsWith('Z') || text[^6] is '+' or '-')
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time.ToUniversalTime()
            : null;

    private static bool AreSameNumber(string left, string right) =>
        left == right
        || (
            BigInteger.TryParse(left, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var one)
            && BigInteger.TryParse(right, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var other)
                ? one == other
                : decimal.TryParse(left, NumberStyles.Float, CultureInfo.InvariantCulture, out var first)
                    && decimal.TryParse(right, NumberStyles.Float, CultureInfo.InvariantCulture, out var second)
                    && first == second
        );

    private sealed class Property
    {
        public string Name { get; init; }

        public string Parameter { get; init; }

        public string Kind { get; init; }

        public bool IsRequired { get; init; }
    }
}
