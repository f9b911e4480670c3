using System;
using System.Collections.Generic;
using System.Linq;
using Membrane.Emulator.Ranking;

namespace Membrane.Emulator.Apps;

/// <summary>What an action does, read from its key: the verb, and the noun whose records it works on.</summary>
internal sealed class ActionPlan
{
    private static readonly HashSet<string> Prepositions = new(StringComparer.Ordinal)
    {
        "to",
        "from",
        "for",
        "in",
        "on",
        "of",
        "with",
        "into",
        "at",
        "via",
        "using",
        "within",
        "under",
    };

    private static readonly HashSet<string> Fillers = new(StringComparer.Ordinal)
    {
        "a",
        "an",
        "the",
        "all",
        "new",
        "many",
        "multiple",
        "my",
        "single",
        "existing",
    };

    private static readonly Dictionary<string, ActionVerb> Verbs = MakeVerbs();

    private ActionPlan(ActionVerb verb, string word, string noun, string? field)
    {
        Verb = verb;
        Word = word;
        Noun = noun;
        Field = field;
        Collection = CollectionNames.Plural(noun);
    }

    public ActionVerb Verb { get; }

    /// <summary>The verb as the key has it.</summary>
    public string Word { get; }

    /// <summary>What it works on, as one: <c>pull-request</c>.</summary>
    public string Noun { get; }

    /// <summary>The field by which <see cref="ActionVerb.GetBy"/> looks.</summary>
    public string? Field { get; }

    /// <summary>The key of the data collection: the noun as many.</summary>
    public string Collection { get; }

    /// <summary>Reads a key such as <c>create-contact</c> or <c>get-contact-by-email</c>.</summary>
    public static ActionPlan Of(string? key, string name)
    {
        var words = TextAnalyzer.Split(string.IsNullOrEmpty(key) ? name : key!);
        var verbAt = words.FindIndex(word => Verbs.ContainsKey(word));
        if (verbAt < 0)
        {
            return new ActionPlan(ActionVerb.Perform, words.Count > 0 ? words[0] : "run", NounOf(words, words.Count > 1 ? 1 : 0), null);
        }

        var verbWord = words[verbAt];
        var verb = Verbs[verbWord];
        var rest = words.Skip(verbAt + 1).Where(word => !Fillers.Contains(word)).ToList();
        if (rest.Count == 0)
        {
            rest = words.Take(verbAt).ToList();
        }

        string? field = null;
        var by = rest.IndexOf("by");
        if (by > 0)
        {
            field = string.Join("_", rest.Skip(by + 1));
            rest = rest.Take(by).ToList();
        }

        var preposition = rest.FindIndex(1 < rest.Count ? 1 : 0, word => Prepositions.Contains(word));
        if (preposition > 0)
        {
            rest = rest.Take(preposition).ToList();
        }

        if (verb == ActionVerb.Get && rest.Count > 0 && CollectionNames.IsMany(rest[rest.Count - 1]) && field is null)
        {
            verb = ActionVerb.List;
        }
        else if (verb == ActionVerb.Get && field is { Length: > 0 } && field != "id")
        {
            verb = CollectionNames.IsMany(rest[rest.Count - 1]) ? ActionVerb.List : ActionVerb.GetBy;
        }

        return new ActionPlan(verb, verbWord, NounOf(rest, 0), verb == ActionVerb.GetBy ? field : null);
    }

    private static string NounOf(List<string> words, int start)
    {
        var noun = string.Join("-", words.Skip(start));
        return noun.Length == 0 ? "item" : CollectionNames.Singular(noun);
    }

    private static Dictionary<string, ActionVerb> MakeVerbs()
    {
        var verbs = new Dictionary<string, ActionVerb>(StringComparer.Ordinal);
        void Add(ActionVerb verb, string words)
        {
            foreach (var word in words.Split(' '))
            {
                verbs.Add(word, verb);
            }
        }

        Add(
            ActionVerb.Create,
            "create add insert send post publish submit invite upload schedule register reply book record log subscribe import copy "
                + "clone duplicate make"
        );
        Add(ActionVerb.List, "list browse");
        Add(ActionVerb.Get, "get retrieve fetch read view show describe lookup download check");
        Add(ActionVerb.Update, "update edit modify change set patch rename adjust replace move assign append");
        Add(ActionVerb.Upsert, "upsert sync");
        Add(ActionVerb.Delete, "delete remove destroy erase purge clear unsubscribe drop uninvite");
        Add(ActionVerb.Search, "search find query match filter");
        Add(
            ActionVerb.Mark,
            "archive unarchive close reopen complete cancel approve reject restore merge stop pause resume start enable disable "
                + "activate deactivate finish mark abort retry restart lock unlock accept decline refund void"
        );
        return verbs;
    }
}
