using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Commands;

/// <summary>
/// Reads what Tab offers from a list of the service. The service searches for what was typed, where it can; where it cannot, or finds
/// nothing, since it does not look at ids, pages are read up to a bound.
/// </summary>
internal static class ListReading
{
    /// <summary>How many items are offered of a list of which nothing was typed, and of a search.</summary>
    private const int MaxShown = 100;

    /// <summary>How many items are read to find what was typed among them.</summary>
    private const int MaxRead = 3000;

    /// <summary>Adds the items that what was typed may mean.</summary>
    /// <param name="request">What was typed.</param>
    /// <param name="list">Returns a part of the list, with what the service is to search for; null for the whole list.</param>
    /// <param name="hasSearch">Whether the service can search the list.</param>
    /// <param name="describe">Returns the word that names an item.</param>
    /// <param name="cancellationToken">Cancelled when time is up.</param>
    public static async Task ReadAsync<T>(
        this CompletionRequest request,
        Func<string?, ListingOptions, Listing<T>> list,
        bool hasSearch,
        Func<T, CompletionWord?> describe,
        CancellationToken cancellationToken
    )
    {
        var typed = request.Typed.Trim();
        if (typed.Length > 0 && hasSearch)
        {
            await AddAsync(typed, MaxShown).ConfigureAwait(false);
            if (CompletionText.Matching(request.Words, request.Typed).Any())
            {
                return;
            }
        }

        await AddAsync(null, typed.Length > 0 || request.IsOfAll ? MaxRead : MaxShown).ConfigureAwait(false);

        async Task AddAsync(string? search, int first)
        {
            var items = list(search, new ListingOptions { First = first });
            await foreach (var item in items.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                request.Add(describe(item));
            }
        }
    }
}
