using System;
using System.Collections.Generic;

namespace Membrane.Emulator.Apps;

/// <summary>Just enough English to tell one thing from many.</summary>
internal static class Grammar
{
    private static readonly Dictionary<string, string> Irregular = new(StringComparer.Ordinal)
    {
        ["people"] = "person",
        ["children"] = "child",
        ["men"] = "man",
        ["women"] = "woman",
        ["analyses"] = "analysis",
        ["statuses"] = "status",
        ["addresses"] = "address",
        ["branches"] = "branch",
        ["matches"] = "match",
        ["searches"] = "search",
        ["batches"] = "batch",
    };

    /// <summary>Words that are one and many at once, or only look like many.</summary>
    private static readonly HashSet<string> Invariable = new(StringComparer.Ordinal)
    {
        "data",
        "media",
        "news",
        "series",
        "info",
        "history",
        "metadata",
        "feedback",
        "content",
        "analytics",
        "statistics",
        "stats",
        "settings",
        "details",
        "credits",
        "balance",
    };

    public static string Singular(string word)
    {
        if (Invariable.Contains(word))
        {
            return word;
        }

        if (Irregular.TryGetValue(word, out var singular))
        {
            return singular;
        }

        if (word.Length > 4 && word.EndsWith("ies", StringComparison.Ordinal))
        {
            return word.Substring(0, word.Length - 3) + "y";
        }

        if (
            word.Length > 5
            && (
                word.EndsWith("sses", StringComparison.Ordinal)
                || word.EndsWith("xes", StringComparison.Ordinal)
                || word.EndsWith("shes", StringComparison.Ordinal)
            )
        )
        {
            return word.Substring(0, word.Length - 2);
        }

        return IsPlural(word) ? word.Substring(0, word.Length - 1) : word;
    }

    /// <summary>The plural of words with dashes between them, of which the last is the noun.</summary>
    public static string PluralOfDashed(string words)
    {
        var dash = words.LastIndexOf('-');
        return words.Substring(0, dash + 1) + Plural(words.Substring(dash + 1));
    }

    public static string Plural(string word)
    {
        if (Invariable.Contains(word))
        {
            return word;
        }

        var singular = Singular(word);
        foreach (var pair in Irregular)
        {
            if (pair.Value == singular)
            {
                return pair.Key;
            }
        }

        if (singular.Length > 1 && singular[singular.Length - 1] == 'y' && "aeiou".IndexOf(singular[singular.Length - 2]) < 0)
        {
            return singular.Substring(0, singular.Length - 1) + "ies";
        }

        return
            singular.EndsWith("s", StringComparison.Ordinal)
            || singular.EndsWith("x", StringComparison.Ordinal)
            || singular.EndsWith("sh", StringComparison.Ordinal)
            || singular.EndsWith("ch", StringComparison.Ordinal)
            ? singular + "es"
            : singular + "s";
    }

    /// <summary>Whether the word stands for many things.</summary>
    public static bool IsPlural(string word)
    {
        if (Irregular.ContainsKey(word))
        {
            return true;
        }

        return !Invariable.Contains(word)
            && word.Length > 3
            && word[word.Length - 1] == 's'
            && !word.EndsWith("ss", StringComparison.Ordinal)
            && !word.EndsWith("us", StringComparison.Ordinal)
            && !word.EndsWith("is", StringComparison.Ordinal);
    }
}
