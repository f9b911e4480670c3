using System;
using System.Collections.Generic;
using System.Linq;
using Membrane.Emulator.Store;

namespace Membrane.Emulator.Ranking;

/// <summary>Finding elements by their names: the same name first, then those that begin with it, then those that contain it.</summary>
internal static class NameSearch
{
    /// <summary>Returns the elements that match, the best first.</summary>
    public static IEnumerable<StoredElement> Rank(IEnumerable<StoredElement> candidates, string query)
    {
        var words = query.Split(new[] { ' ', '\t', '-', '_' }, StringSplitOptions.RemoveEmptyEntries);
        var wanted = query.Trim();
        return candidates
            .Select((element, place) => (Element: element, Grade: Grade(element, wanted, words), Place: place))
            .Where(hit => hit.Grade is not null)
            .OrderBy(hit => hit.Grade)
            .ThenBy(hit => hit.Element.Name.Length)
            .ThenBy(hit => hit.Place)
            .Select(hit => hit.Element);
    }

    /// <summary>Returns whether name or key contain the text, in any case.</summary>
    public static bool Matches(StoredElement element, string text) =>
        Contains(element.Name, text) || (element.Key is not null && Contains(element.Key, text));

    private static int? Grade(StoredElement element, string wanted, string[] words)
    {
        if (
            element.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase)
            || string.Equals(element.Key, wanted, StringComparison.OrdinalIgnoreCase)
        )
        {
            return 0;
        }

        if (element.Name.StartsWith(wanted, StringComparison.OrdinalIgnoreCase))
        {
            return 1;
        }

        if (Matches(element, wanted))
        {
            return 2;
        }

        return words.Length > 1 && words.All(word => Matches(element, word)) ? 3 : null;
    }

    private static bool Contains(string text, string part) => text.IndexOf(part, StringComparison.OrdinalIgnoreCase) >= 0;
}
