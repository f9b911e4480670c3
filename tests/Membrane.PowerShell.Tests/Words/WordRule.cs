using System.Linq;
using System.Text.RegularExpressions;

namespace Membrane.PowerShell.Tests.Words;

/// <summary>A word that a reader of the field does not know, and the one to use instead.</summary>
internal sealed class WordRule(string pattern, string better)
{
    /// <summary>Gets every rule. "is no" and "account" have other meanings, which the patterns leave alone.</summary>
    public static WordRule[] All { get; } =
    [
        new(@"turn(s|ed|ing)? (\w+ )?away", "rate limited, rejected"),
        new(@"rehears(e|es|ed|al|als|ing)", "dry run, -WhatIf"),
        new(@"gates?|gatekeepers?", "rate limiter, concurrency limiter"),
        new(@"patience", "maximum wait"),
        new(@"roads?", "pipeline, path, flow"),
        new(@"ways? of (a|the|one|this|each|every) (call|request)s?", "request pipeline"),
        new(
            @"(?<!on )accounts? of (a|the|every|each|all|what|its) (batch|bulk|rows?|runs?|calls?|objects?|items?)",
            "summary, result counts"
        ),
        new(@"wish(es|ed)?", "request, value, or the verb want"),
        new(@"(?<!there )(is|are|was|were|be) none", "is not a ..."),
        new(
            @"(?<!there )(is|are|was|were) no (valid )?(JSON|number|URL|URI|address|object|array|date|id|key|token|schema|secret|name|text|GUID|element|action|connection|integer|boolean|string|list)",
            "is not a valid ..., is not a ..."
        ),
        new(@"(?<!['/])(nobody|whoever|somebody)('s)?", "no one else, the caller, the user"),
        new(@"at the most", "at most"),
        new(@"anew", "again"),
        new(@"seldom", "rarely"),
        new(@"mend(s|ed|ing)?", "correct, repair"),
        new(@"all the same", "anyway, still"),
        new(@"what is given", "the argument, the value"),
        new(@"(?<!not [^.]*)but for", "except"),
        new(@"knows? (`|<c>)?-?(WhatIf|Confirm)", "supports -WhatIf"),
        new(@"what an? \w+ means that takes", "Parses the value of ..."),
    ];

    private readonly Regex matcher = new($@"(?<![\w-])(?:{pattern})(?![\w-])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>Returns what to change in a line, or null where the line is free of the word.</summary>
    public static string? Check(string text)
    {
        var found = All.SelectMany(rule => rule.matcher.Matches(text).Select(match => $"\"{match.Value}\" (say: {rule.Better})")).ToArray();
        return found.Length == 0 ? null : string.Join(", ", found);
    }

    private string Better { get; } = better;
}
