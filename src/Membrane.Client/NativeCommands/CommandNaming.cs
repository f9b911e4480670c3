using System;
using System.Collections.Generic;
using System.Linq;

namespace Membrane.Client.NativeCommands;

/// <summary>
/// Names the commands of an app after its actions: an approved verb, and a noun that begins with the app's name. A name follows
/// from the action alone. Only where two actions would get the same name, the newer one gets a longer name, so that names are
/// stable when actions are added.
/// </summary>
internal sealed class CommandNaming
{
    private const int MaxLength = 120;

    private readonly IReadOnlyList<string> app;

    /// <summary>For an app.</summary>
    /// <param name="appKey">The key of the app, such as <c>google-docs</c>.</param>
    /// <param name="appName">The name of the app, for where the key says nothing.</param>
    /// <param name="prefix">The app's word in the nouns; null for one made of the key.</param>
    public CommandNaming(string? appKey, string? appName, string? prefix = null)
    {
        app = NameWords.Split(appKey) is { Count: > 0 } words ? words : NameWords.Split(appName);
        var word = prefix is null ? NameWords.Join(app) : Kept(prefix);
        Prefix = word.Length > 0 ? word : "App";
        Slug = prefix is null && app.Count > 0 ? string.Join("-", app) : Prefix.ToLowerInvariant();
    }

    /// <summary>The app's word, with which every noun begins.</summary>
    public string Prefix { get; }

    /// <summary>The app's word in aliases.</summary>
    public string Slug { get; }

    /// <summary>Names all commands of the app.</summary>
    /// <param name="actions">The actions, in any order.</param>
    /// <param name="known">Names that were given before, by the id of the action; they are kept.</param>
    /// <returns>The names by the id of the action.</returns>
    public IReadOnlyDictionary<string, CommandName> NameAll(
        IEnumerable<NamedAction> actions,
        IReadOnlyDictionary<string, CommandName>? known = null
    )
    {
        var names = new Dictionary<string, CommandName>(StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var all = actions.ToArray();
        foreach (var action in all)
        {
            if (known is not null && known.TryGetValue(action.Id, out var kept) && taken.Add(kept.Name))
            {
                taken.Add(kept.Alias);
                names[action.Id] = kept;
            }
        }

        IEnumerable<NamedAction> byAge = all.Where(action => !names.ContainsKey(action.Id))
            .OrderBy(static action => action.CreatedAt ?? DateTimeOffset.MaxValue)
            .ThenBy(action => ActionPhrase.Of(action, app).IsPlain ? 0 : 1)
            .ThenBy(static action => action.Key, StringComparer.Ordinal)
            .ThenBy(static action => action.Id, StringComparer.Ordinal);
        foreach (var action in byAge)
        {
            (var verb, var noun) = Proposals(action).First(proposal => taken.Add(proposal.Verb + "-" + proposal.Noun));
            names[action.Id] = new CommandName(verb, noun, Aliases(action).First(taken.Add));
        }

        return names;
    }

    /// <summary>The name that an action has unless another one of the app is called so.</summary>
    public CommandName Name(NamedAction action)
    {
        (var verb, var noun) = Proposals(action).First();
        return new CommandName(verb, noun, Aliases(action).First());
    }

    /// <summary>The type of what the command of an action emits: one for all commands that emit the same kind of thing.</summary>
    internal string TypeName(NamedAction action)
    {
        var phrase = ActionPhrase.Of(action, app);
        return AppPlan.TypePrefix + Prefix + "." + (phrase.Thing() is { Length: > 0 } thing ? thing : "Action" + Mark(action));
    }

    // From the shortest name to one that is unique.
    private IEnumerable<(string Verb, string Noun)> Proposals(NamedAction action)
    {
        var phrase = ActionPhrase.Of(action, app);
        var noun = phrase.Noun();
        var source = NameWords.Join(NameWords.Split(phrase.Source));
        var mark = Mark(action);
        if (noun.Length == 0)
        {
            noun = "Action" + mark;
        }

        var isBuiltIn = BuiltInCommands.Contains(phrase.Verb + "-" + Prefix + noun);
        var own = isBuiltIn ? Prefix + "App" + noun : Prefix + noun;
        foreach (var full in new[] { own, own + source, own + source + NameWords.Join(NameWords.Split(action.Name)), own + mark })
        {
            if (full.Length <= MaxLength && !BuiltInCommands.Contains(phrase.Verb + "-" + full))
            {
                yield return (phrase.Verb, full);
            }
        }

        yield return (phrase.Verb, Cut(Prefix, MaxLength / 2) + Cut(noun, MaxLength / 4) + mark);
    }

    private IEnumerable<string> Aliases(NamedAction action)
    {
        var key = string.Join("-", NameWords.Split(string.IsNullOrEmpty(action.Key) ? action.Name : action.Key));
        var alias = Slug + "-" + (key.Length > 0 ? key : "action");
        if (alias.Length <= MaxLength && !BuiltInCommands.Contains(alias))
        {
            yield return alias;
        }

        yield return $"{Cut(alias, MaxLength)}-{Mark(action).ToLowerInvariant()}";
    }

    // A short hash of the action.
    private static string Mark(NamedAction action) => ShortHash.Of(action.Key + "\n" + action.Name + "\n" + action.Id, 4);

    private static string Cut(string text, int maxLength) => text.Length <= maxLength ? text : text.Substring(0, maxLength);

    private static string Kept(string prefix) =>
        new(
            prefix
                .Where(static letter => letter < 128 && char.IsLetterOrDigit(letter))
                .Select((letter, index) => index == 0 ? char.ToUpperInvariant(letter) : letter)
                .ToArray()
        );
}
