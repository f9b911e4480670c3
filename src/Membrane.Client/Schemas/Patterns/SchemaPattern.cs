using System;
using System.Text.RegularExpressions;
using System.Threading;
using Membrane.Client.Schemas.Checking;

namespace Membrane.Client.Schemas.Patterns;

/// <summary>
/// A regular expression of ECMAScript, matched by .NET. Text outside the Basic Multilingual Plane, where .NET sees two
/// characters and ECMAScript one, has an expression of its own, so that the usual one stays fast.
/// </summary>
/// <exception cref="ArgumentException">The pattern is not valid, or has something that is refused.</exception>
internal sealed class SchemaPattern(string source)
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(1);

    private readonly Regex plain = Create(source, seesSurrogates: false);
    private readonly Lazy<Regex> withSurrogates = new Lazy<Regex>(
        () => Create(source, seesSurrogates: true),
        LazyThreadSafetyMode.PublicationOnly
    );

    public string Source { get; } = source;

    public bool IsMatch(string text, string keyword)
    {
        try
        {
            return (HasSurrogates(text) ? withSurrogates.Value : plain).IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            throw new CheckStoppedException(
                keyword,
                $"could not be checked: the pattern {ShownText.OfLine(Source)} takes longer than {TimeLimit.TotalSeconds} second."
            );
        }
    }

    private static bool HasSurrogates(string text)
    {
        foreach (var letter in text)
        {
            if (char.IsSurrogate(letter))
            {
                return true;
            }
        }

        return false;
    }

    private static Regex Create(string source, bool seesSurrogates) =>
        new(new PatternTranslator(source, seesSurrogates).Translate(), RegexOptions.CultureInvariant, TimeLimit);
}
