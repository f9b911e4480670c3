using System;
using System.Collections.Generic;
using System.Linq;

namespace Membrane.Client.NativeCommands;

/// <summary>English nouns: one of what a word names many of.</summary>
internal static class Nouns
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
