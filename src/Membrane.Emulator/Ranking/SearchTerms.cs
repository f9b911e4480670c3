using System.Collections.Generic;
using System.Linq;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Ranking;

/// <summary>The concepts of one element and how much each weighs: name above key above description.</summary>
internal sealed class SearchTerms
{
    private const float NameWeight = 1f;
    private const float KeyWeight = 0.85f;
    private const float DescriptionWeight = 0.45f;
    private const int DescriptionLimit = 400;

    private SearchTerms(int[] concepts, float[] weights, int nameLength)
    {
        Concepts = concepts;
        Weights = weights;
        NameLength = nameLength;
    }

    public int[] Concepts { get; }

    public float[] Weights { get; }

    /// <summary>How many different words the name has.</summary>
    public int NameLength { get; }

    public static SearchTerms Of(StoredElement element)
    {
        var weights = new Dictionary<int, float>();
        Add(weights, element.Name, NameWeight);
        Add(weights, element.Key, KeyWeight);
        var description = element.Text("description");
        Add(
            weights,
            description is { Length: > DescriptionLimit } ? description.Substring(0, DescriptionLimit) : description,
            DescriptionWeight
        );
        var nameLength = TextAnalyzer.Concepts(element.Name).Where(TextAnalyzer.IsStem).Distinct().Count();
        return new SearchTerms(weights.Keys.ToArray(), weights.Values.ToArray(), nameLength);
    }

    private static void Add(Dictionary<int, float> weights, string? text, float weight)
    {
        if (text is null)
        {
            return;
        }

        foreach (var concept in TextAnalyzer.Concepts(text))
        {
            var number = Vocabulary.NumberOf(concept);
            if (!weights.TryGetValue(number, out var present) || present < weight)
            {
                weights[number] = weight;
            }
        }
    }
}
