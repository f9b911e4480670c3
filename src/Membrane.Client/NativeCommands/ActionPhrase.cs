using System;
using System.Collections.Generic;
using System.Linq;
using Membrane.Client.English;

namespace Membrane.Client.NativeCommands;

/// <summary>What the key of an action says: a verb, and what it is done to.</summary>
internal sealed class ActionPhrase
{
    private static readonly HashSet<string> Prepositions = Set(
        "to from for in on of with into at via using within under by as per and or onto against between through without including "
            + "excluding after before since until about"
    );

    /// <summary>Words between preposition and verb that only say how.</summary>
    private static readonly HashSet<string> Manners = Set("bulk batch async mass multi quick auto");

    private static readonly HashSet<string> Articles = Set("a an the");

    /// <summary>Approved verbs for which a preposition says where to or where from.</summary>
    private static readonly HashSet<string> Moving = Set("Convert Export Import Move Copy Save Receive");

    /// <summary>Verbs that get one thing as well as many: what they get tells which.</summary>
    private static readonly HashSet<string> Getting = Set("get retrieve fetch view describe");

    /// <summary>What there is one of, so that it needs no id.</summary>
    private static readonly HashSet<string> Alone = Set(
        "me self myself status state count total balance info information data metadata stat statistic summary overview configuration "
            + "config history usage "
            + "schema version health quota analytics analysis availability progress rating ratio rate score performance content body "
            + "html preview weather forecast elevation timezone time date "
            + "profile identity capacity size amount cost value distance height revenue stock traffic volume presence coverage "
            + "sentiment geometry tracking leaderboard homepage root 2d 3d"
    );

    /// <summary>What something else has one of: a download URL needs no id of its own.</summary>
    private static readonly HashSet<string> Had = Set("url uri reputation difficulty");

    /// <summary>Words at the end that only say how: the noun stands before them.</summary>
    private static readonly HashSet<string> Trailers = Set("async sync batch bulk stream live gdpr jql");

    /// <summary>Verbs whose preposition goes without saying: to subscribe to a webhook is to register a webhook.</summary>
    private static readonly HashSet<string> Bound = Set("to on for of");

    /// <summary>Verbs that make, change or remove one thing; what does so to many at once is another action.</summary>
    private static readonly HashSet<string> Changing = Set("create update delete");

    /// <summary>Words that say that many are meant, and what comes as many only.</summary>
    private static readonly HashSet<string> Many = Set(
        "all batch bulk mass many multi multiple settings preferences details permissions options configs configurations credentials "
            + "limits stats statistics notifications"
    );

    /// <summary>What says which one is meant, so that it needs no id.</summary>
    private static readonly HashSet<string> Pointing = Set(
        "current my own latest last next active default random today todays first recent authenticated logged this all available "
            + "supported total"
    );

    private readonly string source;
    private readonly VerbRule rule;
    private readonly IReadOnlyList<string> noun;
    private readonly bool needsNothing;

    private ActionPhrase(string source, VerbRule rule, IReadOnlyList<string> noun, bool needsNothing)
    {
        this.needsNothing = needsNothing;
        this.source = source;
        this.rule = rule;
        this.noun = noun;
    }

    /// <summary>The approved verb.</summary>
    public string Verb => rule.Verb;

    /// <summary>The verb as the key has it; empty where the key has none.</summary>
    public string Source => source;

    /// <summary>Whether the approved verb is what the key itself says.</summary>
    public bool IsPlain =>
        source.Equals(rule.Verb, StringComparison.OrdinalIgnoreCase) || source is "list" or "search" or "create" or "update" or "delete";

    /// <summary>Reads the key, or the name where only that says what is done.</summary>
    public static ActionPhrase Of(NamedAction action, IReadOnlyList<string> app)
    {
        var words = WithoutApp(NameWords.Split(action.Key), app);
        var said = NameWords.Split(action.Name);
        if (
            words.Count == 0
            || (Verbs.Find(words, VerbAt(words)) is null && Verbs.Find(said, 0) is not null && said.Count > 1)
            || (words.Count == 1 && said.Count > 1)
        )
        {
            words = said.Count > 0 ? said : words;
        }

        var start = VerbAt(words);
        if (Verbs.Find(words, start) is not (VerbRule rule, int count))
        {
            return words.Count == 3 && words[1] == "to"
                ? new ActionPhrase(string.Empty, new VerbRule("Convert"), words, action.NeedsNothing)
                : new ActionPhrase(string.Empty, new VerbRule(Verbs.Other), words, action.NeedsNothing);
        }

        var source = string.Join("-", words.Skip(start).Take(count));
        var rest = words.Skip(start + count).SkipWhile(Articles.Contains).ToArray();
        if (
            rest.Length > 1
            && (Bound.Contains(rest[0]) || (rest[0] == "from" && rule.Verb is "Unregister" or "Disconnect"))
            && !Moving.Contains(rule.Verb)
        )
        {
            rest = rest.Skip(1).SkipWhile(Articles.Contains).ToArray();
        }

        if (rest.Length == 0 || Prepositions.Contains(rest[0]))
        {
            rest = [.. Unsaid(rule), .. rest];
        }

        if (rule.Verb == "Test" && rest.Length > 1 && rest[rest.Length - 1] == "exists")
        {
            rest = rest.Take(rest.Length - 1).ToArray();
        }

        var chosen = Narrow(source, rule, rest);
        return new ActionPhrase(source, chosen, words.Take(start).Concat(WithoutApp(rest, app)).ToArray(), action.NeedsNothing);
    }

    /// <summary>The noun without the app's word.</summary>
    public string Noun()
    {
        if (noun.Count == 0)
        {
            return NameWords.Join([.. Words(rule.Before), .. Words(rule.After)]);
        }

        var head = Head();
        var words = new List<string>(Words(rule.Before));
        for (var index = 0; index < noun.Count; index++)
        {
            var isHead =
                index == noun.Count - 1
                || Prepositions.Contains(noun[index + 1])
                || (index == noun.Count - 2 && Trailers.Contains(noun[index + 1]));
            var isState = index > 0 && noun[index - 1] == "as";
            words.Add(isHead && !isState ? Pluralizer.Singular(noun[index]) : noun[index]);
            if (index == head)
            {
                words.AddRange(Words(rule.After));
                words.AddRange(Words(Suffix(head)));
            }
        }

        return NameWords.Join(words);
    }

    /// <summary>What the verb is done to; what comes of a verb that answers with something else is its result.</summary>
    public string Thing()
    {
        var isThing =
            Verb
            is "Get"
                or "Find"
                or "Resolve"
                or "New"
                or "Set"
                or "Add"
                or "Edit"
                or "Update"
                or "Send"
                or "Copy"
                or "Restore"
                or "Submit"
                or "Publish"
                or "Open"
                or "Close"
                or "Complete";
        var words = noun.Take(Head() + 1).Where(static word => !Pointing.Contains(word) && !Manners.Contains(word)).ToArray();
        if (words.Length == 0)
        {
            return string.Empty;
        }

        words[words.Length - 1] = Pluralizer.Singular(words[words.Length - 1]);
        return NameWords.Join(words)
            + (
                isThing ? string.Empty
                : Verb == Verbs.Other ? "Result"
                : Verb + "Result"
            );
    }

    // The command that lists and the one that gets a single object must have different names, whichever of them an app has.
    private string? Suffix(int head)
    {
        var hasPhrase = head < noun.Count - 1;
        var isAlone = Alone.Contains(Pluralizer.Singular(noun[head])) || (head > 0 && Had.Contains(Pluralizer.Singular(noun[head])));
        var isPointedAt = Pointing.Overlaps(noun);
        var isMany = Pluralizer.IsPlural(noun[head]);
        return source switch
        {
            "list" when (isAlone && !isPointedAt && !hasPhrase) || (hasPhrase && noun[head + 1] == "by") => "list",
            _ when Changing.Contains(source) && isMany && !hasPhrase && !Many.Overlaps(noun) => "batch",
            _ when IsListOfMany(head) => null,
            _ when Getting.Contains(source) && !needsNothing && !isAlone && !isPointedAt && !isMany && !hasPhrase => "byId",
            _ => null,
        };
    }

    // A list of products is many products.
    private bool IsListOfMany(int head) => noun[head] == "list" && head > 0 && Pluralizer.IsPlural(noun[head - 1]);

    private int Head()
    {
        for (var index = 1; index < noun.Count; index++)
        {
            if (Prepositions.Contains(noun[index]))
            {
                return index - 1;
            }
        }

        return noun.Count - 1;
    }

    // The noun where the action names none.
    private static string[] Unsaid(VerbRule rule) =>
        rule switch
        {
            { Verb: "Register" or "Unregister" } => ["subscription"],
            { After: not null } => [],
            { Verb: "Export" or "Import" or "Convert" } => [],
            { Verb: "Send" } => ["file"],
            _ => ["item"],
        };

    private static VerbRule Narrow(string source, VerbRule rule, string[] rest) =>
        source switch
        {
            // To check a balance is to see it; to check an address is to test it.
            "check" when rest.Length > 0 && (Alone.Contains(rest[rest.Length - 1]) || rest.Contains("credits")) => new VerbRule("Get"),

            // To find one thing is to know which; to search is not.
            "find" when rest.Length > 0 && !Pluralizer.IsPlural(rest[rest.Length - 1]) && !rest.Any(Prepositions.Contains) => new VerbRule(
                "Resolve"
            ),
            "invite" when rest.Contains("to") => rule,
            "assign" when rest.Contains("to") => new VerbRule("Add"),
            "unassign" when rest.Contains("from") => new VerbRule("Remove"),
            "mark" => new VerbRule("Set"),
            _ => rule,
        };

    private static int VerbAt(IReadOnlyList<string> words) =>
        words.Count > 1 && Manners.Contains(words[0]) && Verbs.Find(words, 1) is not null ? 1 : 0;

    // The app's own name is in every command, so it can be dropped, unless nothing meaningful remains.
    private static IReadOnlyList<string> WithoutApp(IReadOnlyList<string> words, IReadOnlyList<string> app)
    {
        for (var count = app.Count; count > 0 && (count > 1 || count == app.Count); count--)
        {
            if (
                words.Count > count
                && words.Take(count).SequenceEqual(app.Skip(app.Count - count), StringComparer.Ordinal)
                && !Prepositions.Contains(words[count])
            )
            {
                return words.Skip(count).ToArray();
            }
        }

        return words;
    }

    private static string[] Words(string? word) => word is null ? [] : [word];

    private static HashSet<string> Set(string words) => new(words.Split(' '), StringComparer.Ordinal);
}
