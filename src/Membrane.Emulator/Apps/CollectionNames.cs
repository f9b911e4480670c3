using System;
using System.Collections.Generic;
using Membrane.Client.English;

namespace Membrane.Emulator.Apps;

/// <summary>What the last word of a noun with dashes says: one thing or many, and what the collection of such things is called.</summary>
internal static class CollectionNames
{
    /// <summary>Plural words that name one thing: <c>get-account-settings</c> gets one object, not a list.</summary>
    private static readonly HashSet<string> OneThing = new(StringComparer.Ordinal)
    {
        "settings",
        "details",
        "credits",
        "stats",
        "statistics",
    };

    /// <summary>Returns whether a word stands for many things.</summary>
    public static bool IsMany(string word) => !OneThing.Contains(word) && Pluralizer.IsPlural(word);

    /// <summary>Gets the name of one thing of a collection.</summary>
    public static string Singular(string noun) =>
        OfLastWord(noun, static word => OneThing.Contains(word) ? word : Pluralizer.Singular(word));

    /// <summary>Gets the key of the collection of such things.</summary>
    public static string Plural(string noun) => OfLastWord(noun, static word => OneThing.Contains(word) ? word : Pluralizer.Plural(word));

    private static string OfLastWord(string noun, Func<string, string> change)
    {
        var dash = noun.LastIndexOf('-');
        return noun.Substring(0, dash + 1) + change(noun.Substring(dash + 1));
    }
}
