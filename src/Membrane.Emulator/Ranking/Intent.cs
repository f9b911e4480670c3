using System;
using System.Collections.Generic;
using System.Linq;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Ranking;

/// <summary>A request in plain words, and how well elements match it.</summary>
internal sealed class Intent
{
    private const double FormShare = 1.0;
    private const double WordShare = 0.93;
    private const double NounMeaningShare = 0.75;
    private const double VerbMeaningShare = 0.92;
    private const double VerbImportance = 0.7;

    private readonly List<Wanted> wanted = new();

    public Intent(string text)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var given in TextAnalyzer.Split(text))
        {
            // "Get all users" wants a list, although it does not say so.
            var word = given == "all" ? "list" : given;
            var stem = TextAnalyzer.Stem(word);
            if (!TextAnalyzer.IsStopWord(word) && seen.Add(stem))
            {
                wanted.Add(new Wanted(word, stem));
            }
        }
    }

    /// <summary>
    /// The elements that match the request, best first. Those that share only what is done, not what it is done to, do not.
    /// </summary>
    public List<StoredElement> Rank(IReadOnlyList<StoredElement> candidates)
    {
        if (wanted.Count == 0)
        {
            return new List<StoredElement>();
        }

        // The words of the elements come first: a concept has no number before some element has it.
        foreach (var candidate in candidates)
        {
            _ = candidate.Terms;
        }

        var shares = new Dictionary<int, List<(int Wanted, double Share)>>();
        for (var index = 0; index < wanted.Count; index++)
        {
            var one = wanted[index];
            Note(shares, TextAnalyzer.Surface(one.Word), index, FormShare);
            Note(shares, one.Stem, index, WordShare);
            if (one.Meaning is not null)
            {
                Note(shares, one.Meaning, index, one.IsVerb ? VerbMeaningShare : NounMeaningShare);
            }
        }

        var hits = new List<Hit>();
        var frequency = new int[wanted.Count];
        for (var place = 0; place < candidates.Count; place++)
        {
            if (Compare(candidates[place].Terms, shares) is not { } scores)
            {
                continue;
            }

            hits.Add(new Hit(candidates[place], scores, place));
            for (var index = 0; index < scores.Length; index++)
            {
                if (scores[index] > 0)
                {
                    frequency[index]++;
                }
            }
        }

        var importance = wanted
            .Select(
                (one, index) => (one.IsVerb ? VerbImportance : 1) * (1 + Math.Log((candidates.Count + 1d) / (frequency[index] + 1d)) / 4)
            )
            .ToArray();
        var total = importance.Sum();
        var hasNoun = wanted.Any(one => !one.IsVerb);
        return hits.Where(hit => !hasNoun || hit.Scores.Where((score, index) => score > 0 && !wanted[index].IsVerb).Any())
            .Select(hit => new
            {
                hit.Element,
                hit.Place,
                Score = (hit.Scores.Select((score, index) => score * importance[index]).Sum() / total) + (0.15 * Coverage(hit)),
            })
            .OrderByDescending(hit => hit.Score)
            .ThenBy(hit => hit.Place)
            .Select(hit => hit.Element)
            .ToList();
    }

    private static double Coverage(Hit hit)
    {
        var matched = hit.Scores.Count(score => score >= 0.6);
        return hit.Element.Terms.NameLength == 0 ? 0 : Math.Min(1d, matched / (double)hit.Element.Terms.NameLength);
    }

    private static void Note(Dictionary<int, List<(int Wanted, double Share)>> shares, string concept, int index, double share)
    {
        if (Vocabulary.Known(concept) is not { } number)
        {
            return;
        }

        if (!shares.TryGetValue(number, out var noted))
        {
            shares.Add(number, noted = new List<(int Wanted, double Share)>(1));
        }

        noted.Add((index, share));
    }

    /// <summary>Returns how well each wanted word is met; null when none is.</summary>
    private double[]? Compare(SearchTerms terms, Dictionary<int, List<(int Wanted, double Share)>> shares)
    {
        double[]? scores = null;
        for (var index = 0; index < terms.Concepts.Length; index++)
        {
            if (!shares.TryGetValue(terms.Concepts[index], out var noted))
            {
                continue;
            }

            scores ??= new double[wanted.Count];
            foreach ((var one, var share) in noted)
            {
                scores[one] = Math.Max(scores[one], share * terms.Weights[index]);
            }
        }

        return scores;
    }

    private sealed class Wanted(string word, string stem)
    {
        public string Word { get; } = word;

        public string Stem { get; } = stem;

        public string? Meaning { get; } = TextAnalyzer.MeaningOf(stem);

        public bool IsVerb { get; } = TextAnalyzer.IsVerb(stem);
    }

    private sealed class Hit(StoredElement element, double[] scores, int place)
    {
        public StoredElement Element { get; } = element;

        public double[] Scores { get; } = scores;

        public int Place { get; } = place;
    }
}
