using Membrane.Emulator.Store;

namespace Membrane.Emulator.Ranking;

/// <summary>Elements as what a search finds.</summary>
internal static class RankedElement
{
    extension(StoredElement element)
    {
        /// <summary>The words of name, key and description.</summary>
        public SearchTerms Terms => element.Derive(SearchTerms.Of);
    }
}
