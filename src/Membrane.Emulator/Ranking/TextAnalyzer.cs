using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Membrane.Emulator.Ranking;

/// <summary>Splits texts into the concepts that their words stand for: stems, and groups of synonyms.</summary>
internal static class TextAnalyzer
{
    private static readonly HashSet<string> StopWords = new(StringComparer.Ordinal)
    {
        "a",
        "an",
        "the",
        "to",
        "for",
        "of",
        "in",
        "on",
        "at",
        "by",
        "with",
        "from",
        "into",
        "and",
        "or",
        "is",
        "are",
        "be",
        "it",
        "its",
        "this",
        "that",
        "my",
        "our",
        "your",
        "all",
        "any",
        "some",
        "new",
        "please",
        "via",
        "using",
        "me",
        "i",
        "we",
        "want",
        "need",
        "how",
        "can",
        "given",
        "specific",
        "single",
        "one",
        "existing",
    };

    /// <summary>Words for what is done. They say less than the words for what it is done to.</summary>
    private static readonly string[] Verbs =
    {
        "create add insert make open register submit new",
        "send post publish write deliver dispatch",
        "list get fetch retrieve read show view load enumerate lookup return",
        "search find query match filter",
        "update edit modify change set patch rename adjust",
        "delete remove destroy erase trash drop purge",
        "archive close complete finish",
        "upsert sync synchronize",
        "start run trigger launch execute begin",
        "stop cancel abort end pause",
        "upload attach import",
        "download export",
        "invite assign share",
    };

    private static readonly string[] Nouns =
    {
        "message chat dm text",
        "email mail",
        "channel conversation room",
        "contact person people lead",
        "company organization organisation account",
        "user member",
        "task todo",
        "ticket issue case bug",
        "deal opportunity",
        "file document attachment",
        "page doc article",
        "repository repo",
        "meeting event appointment",
        "customer client",
        "invoice bill",
        "folder directory",
        "picture image photo",
        "label tag",
    };

    private static readonly Dictionary<string, string> Groups = MakeGroups();
    private static readonly HashSet<string> VerbGroups = new(
        Verbs.Select(group => "~" + Stem(group.Split(' ')[0])),
        StringComparer.Ordinal
    );

    /// <summary>Splits a text into words in lower case: letters and digits, divided where they change from low to capital.</summary>
    public static List<string> Split(string text)
    {
        var words = new List<string>();
        var start = -1;
        for (var index = 0; index <= text.Length; index++)
        {
            var inside = index < text.Length && char.IsLetterOrDigit(text[index]);
            var boundary = inside && start >= 0 && char.IsUpper(text[index]) && char.IsLower(text[index - 1]);
            if (start >= 0 && (!inside || boundary))
            {
                words.Add(text.Substring(start, index - start).ToLower(CultureInfo.InvariantCulture));
                start = -1;
            }

            if (inside && start < 0)
            {
                start = index;
            }
        }

        return words;
    }

    /// <summary>Returns the concepts of a text: the stem and the form of each word, and the group of its meaning if it has one.</summary>
    public static IEnumerable<string> Concepts(string text)
    {
        foreach (var word in Split(text))
        {
            if (StopWords.Contains(word))
            {
                continue;
            }

            var stem = Stem(word);
            yield return stem;
            yield return Surface(word);
            if (Groups.TryGetValue(stem, out var group))
            {
                yield return group;
            }
        }
    }

    /// <summary>Returns the concept that only the very same form of the word has: <c>users</c> is not <c>user</c>.</summary>
    public static string Surface(string word) => "=" + word;

    /// <summary>Returns whether the concept is something that is done.</summary>
    public static bool IsVerb(string concept) =>
        VerbGroups.Contains(concept) || (Groups.TryGetValue(concept, out var group) && VerbGroups.Contains(group));

    /// <summary>Returns whether the concept is a word's stem, and not its form or meaning.</summary>
    public static bool IsStem(string concept) => concept[0] is not ('~' or '=');

    /// <summary>Returns the group of words that a stem belongs to.</summary>
    public static string? MeaningOf(string stem) => Groups.TryGetValue(stem, out var group) ? group : null;

    /// <summary>Returns whether the word says nothing about what is meant.</summary>
    public static bool IsStopWord(string word) => StopWords.Contains(word);

    /// <summary>Strips the endings of number and form from a word.</summary>
    public static string Stem(string word)
    {
        var stem = word;
        if (stem.Length > 4 && stem.EndsWith("ies", StringComparison.Ordinal))
        {
            stem = stem.Substring(0, stem.Length - 3) + "y";
        }
        else if (
            stem.Length > 4
            && (
                stem.EndsWith("sses", StringComparison.Ordinal)
                || stem.EndsWith("xes", StringComparison.Ordinal)
                || stem.EndsWith("ches", StringComparison.Ordinal)
                || stem.EndsWith("shes", StringComparison.Ordinal)
            )
        )
        {
            stem = stem.Substring(0, stem.Length - 2);
        }
        else if (
            stem.Length > 3
            && stem[stem.Length - 1] == 's'
            && !stem.EndsWith("ss", StringComparison.Ordinal)
            && !stem.EndsWith("us", StringComparison.Ordinal)
            && !stem.EndsWith("is", StringComparison.Ordinal)
        )
        {
            stem = stem.Substring(0, stem.Length - 1);
        }

        if (stem.Length > 5 && stem.EndsWith("ing", StringComparison.Ordinal))
        {
            stem = stem.Substring(0, stem.Length - 3);
        }
        else if (stem.Length > 4 && stem.EndsWith("ed", StringComparison.Ordinal))
        {
            stem = stem.Substring(0, stem.Length - 2);
        }

        // "create", "creating" and "created" meet without the silent e; "post" and "posting" are the same already.
        return stem.Length > 3 && stem[stem.Length - 1] == 'e' ? stem.Substring(0, stem.Length - 1) : stem;
    }

    private static Dictionary<string, string> MakeGroups()
    {
        var groups = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var group in Verbs.Concat(Nouns))
        {
            var words = group.Split(' ');
            foreach (var word in words)
            {
                var stem = Stem(word);
                if (!groups.ContainsKey(stem))
                {
                    groups.Add(stem, "~" + Stem(words[0]));
                }
            }
        }

        return groups;
    }
}
