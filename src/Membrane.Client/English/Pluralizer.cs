using System;
using System.Collections.Generic;
using System.Linq;

namespace Membrane.Client.English;

/// <summary>Singular and plural of English nouns.</summary>
internal static class Pluralizer
{
    /// <summary>Words that end like a plural but are singular, or that have one form for both.</summary>
    private static readonly HashSet<string> Invariable = Set(
        "across alias always analytics as athletics atlas barracks basics bias biases canvas chaos christmas clothes cosmos data "
            + "demographics devops diagnostics does dynamics "
            + "earnings economics electronics ethos forensics gas genetics goods graphics has headquarters his https ics ios is jeans "
            + "kubernetes kudos lens less linguistics logistics "
            + "mathematics means mechanics media metadata news odds ops os overseas perhaps physics plus politics pos robotics saas "
            + "paas iaas sales scissors semantics series species sports "
            + "tactics tennis thanks this us was whereabouts whois yes sms mms tts rcs dns css gps aws nps tls cms gis crs wms tms pms "
            + "sps bps cvs ups usps rss vps wps aus ous eos dos nas sas rds sqs sns ses ecs eks vcs oss xss"
    );

    private static readonly Dictionary<string, string> Irregular = Pairs(
        "people person;children child;men man;women woman;feet foot;teeth tooth;geese goose;mice mouse;criteria criterion;phenomena "
            + "phenomenon;"
            + "indices index;indexes index;matrices matrix;vertices vertex;appendices appendix;axes axis;"
            + "aliases alias;atlases atlas;canvases canvas;gases gas;buses bus;lenses lens;"
            + "statuses status;viruses virus;campuses campus;bonuses bonus;censuses census;focuses focus;corpuses corpus;consensuses "
            + "consensus;radiuses radius;surpluses surplus;"
            + "menus menu;gurus guru;skus sku;cpus cpu;gpus gpu;haikus haiku;"
            + "quizzes quiz;movies movie;cookies cookie;ties tie;pies pie;zombies zombie;calories calorie;selfies selfie;rookies "
            + "rookie;hoodies hoodie;brownies brownie;prairies prairie;eyries eyrie;"
            + "caches cache;niches niche;aches ache;headaches headache;avalanches avalanche;"
            + "shelves shelf;halves half;wives wife;knives knife;lives life;wolves wolf;selves self;thieves thief;loaves loaf;calves calf;"
            + "heroes hero;potatoes potato;tomatoes tomato;echoes echo;vetoes veto;cargoes cargo;volcanoes volcano;torpedoes "
            + "torpedo;dominoes domino"
    );

    // The first plural of a word is the one to write.
    private static readonly Dictionary<string, string> IrregularPlurals = Irregular
        .GroupBy(static pair => pair.Value, StringComparer.Ordinal)
        .ToDictionary(static same => same.Key, static same => same.First().Key, StringComparer.Ordinal);

    private static readonly HashSet<string> Uncountable = Set("info history feedback content balance");

    /// <summary>Gets the singular of a word; the word itself where it is not a plural.</summary>
    /// <param name="word">A word in lower case.</param>
    public static string Singular(string word)
    {
        if (Irregular.TryGetValue(word, out var singular))
        {
            return singular;
        }

        if (!LooksPlural(word))
        {
            return word;
        }

        return word switch
        {
            _ when Ends(word, "ies") && word.Length > 4 => Cut(word, 3) + "y",
            _ when Ends(word, "yses")
                    || Ends(word, "heses")
                    || Ends(word, "crises")
                    || Ends(word, "gnoses")
                    || Ends(word, "opses")
                    || Ends(word, "oases") => Cut(word, 2) + "is",
            _ when Ends(word, "sses") || Ends(word, "shes") || Ends(word, "ches") || Ends(word, "xes") || Ends(word, "tzes") => Cut(
                word,
                2
            ),
            _ => Cut(word, 1),
        };
    }

    /// <summary>Gets the plural of a word; the word itself where it has none.</summary>
    /// <param name="word">A word in lower case, singular or plural.</param>
    public static string Plural(string word)
    {
        var singular = Singular(word);
        if (Invariable.Contains(singular) || Uncountable.Contains(singular))
        {
            return singular;
        }

        if (IrregularPlurals.TryGetValue(singular, out var plural))
        {
            return plural;
        }

        return singular switch
        {
            _ when Ends(singular, "y") && singular.Length > 1 && "aeiou".IndexOf(singular[singular.Length - 2]) < 0 => Cut(singular, 1)
                + "ies",
            _ when Ends(singular, "sis") || Ends(singular, "xis") => Cut(singular, 2) + "es",
            _ when Ends(singular, "s") || Ends(singular, "x") || Ends(singular, "sh") || Ends(singular, "ch") || Ends(singular, "tz") =>
                singular + "es",
            _ => singular + "s",
        };
    }

    /// <summary>Whether the word names many.</summary>
    public static bool IsPlural(string word) => Singular(word) != word;

    private static bool LooksPlural(string word) =>
        word.Length > 2
        && word[word.Length - 1] == 's'
        && !Invariable.Contains(word)
        && !Ends(word, "ss")
        && !Ends(word, "us")
        && !Ends(word, "sis")
        && !Ends(word, "xis")
        && !char.IsDigit(word[word.Length - 2]);

    private static bool Ends(string word, string ending) => word.EndsWith(ending, StringComparison.Ordinal);

    private static string Cut(string word, int count) => word.Substring(0, word.Length - count);

    private static HashSet<string> Set(string words) => new(words.Split(' '), StringComparer.Ordinal);

    private static Dictionary<string, string> Pairs(string pairs) =>
        pairs
            .Split(';')
            .Select(static pair => pair.Split(' '))
            .ToDictionary(static pair => pair[0], static pair => pair[1], StringComparer.Ordinal);
}
