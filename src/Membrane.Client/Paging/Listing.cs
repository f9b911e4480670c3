using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Callers;
using Membrane.Client.Paging;

namespace Membrane.Client;

/// <summary>A list of the service, as pages and as items. Nothing is asked for before it is enumerated.</summary>
/// <typeparam name="T">The items' type.</typeparam>
public sealed class Listing<T> : IAsyncEnumerable<T>
{
    /// <summary>The largest page of the API.</summary>
    public const int MaxPageSize = 1000;

    /// <summary>After how many empty pages in a row, each with a cursor, something is said.</summary>
    internal const int ManyEmptyPages = 10;

    private readonly Func<int, string?, CancellationToken, Task<Page<T>>> fetch;
    private readonly int pageSize;
    private readonly long skip;
    private readonly long first;

    /// <summary>Describes a list.</summary>
    /// <param name="fetch">Gets a page: of how many items at most, from which cursor.</param>
    /// <param name="options">Which part of it, in pages of which size.</param>
    internal Listing(Func<int, string?, CancellationToken, Task<Page<T>>> fetch, ListingOptions? options)
    {
        options ??= new ListingOptions();
        this.fetch = fetch;
        skip = options.Skip;
        first = options.First ?? long.MaxValue;
        pageSize = options.PageSize;
    }

    /// <summary>Called once, on any thread, when the items are read and there have been many empty pages in a row.</summary>
    internal System.Action? OnManyEmptyPages { get; set; }

    /// <summary>
    /// The pages, each asked for when it is wanted, with the same items as the list itself: those before
    /// <see cref="ListingOptions.Skip"/> are left out, and the page that reaches <see cref="ListingOptions.First"/> is the last one.
    /// </summary>
    public async IAsyncEnumerable<Page<T>> GetPagesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var toSkip = skip;
        var left = first;
        string? cursor = null;
        while (left > 0)
        {
            var page = await FetchAsync(SizeFor(toSkip, left), cursor, seen, cancellationToken).ConfigureAwait(false);
            cursor = page.Cursor;
            var skipped = (int)Math.Min(toSkip, page.Items.Count);
            var taken = (int)Math.Min(left, page.Items.Count - skipped);
            toSkip -= skipped;
            left -= taken;
            if (taken > 0 || skipped == 0)
            {
                yield return Cut(page, skipped, taken);
            }

            if (cursor is null)
            {
                yield break;
            }
        }
    }

    /// <summary>
    /// The items, never more than one page ahead: the second page is asked for when half of the first one has been taken,
    /// since many want no more than a few, and each further one as soon as the one before it is there.
    /// </summary>
    public async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        if (first <= 0)
        {
            yield break;
        }

        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        Task<Page<T>>? next = null;
        var toSkip = skip;
        var left = first;
        var isFirstPage = true;
        var emptyPages = 0;
        try
        {
            next = FetchAsync(SizeFor(toSkip, left), null, seen, leaving.Token);
            while (next is not null)
            {
                var page = await TakeAsync(next, cancellationToken).ConfigureAwait(false);
                next = null;
                emptyPages = page.Items.Count == 0 ? emptyPages + 1 : 0;
                if (emptyPages == ManyEmptyPages && page.Cursor is not null)
                {
                    OnManyEmptyPages?.Invoke();
                }

                var start = (int)Math.Min(toSkip, page.Items.Count);
                toSkip -= start;
                var enough = isFirstPage ? (page.Items.Count + 1) / 2 : 0;
                isFirstPage = false;
                var index = -1;
                foreach (var item in page.Items)
                {
                    index++;
                    if (index < start)
                    {
                        continue;
                    }

                    if (next is null && page.Cursor is not null && index >= enough && left > page.Items.Count - index)
                    {
                        next = FetchAsync(SizeFor(0, left - (page.Items.Count - index)), page.Cursor, seen, leaving.Token);
                    }

                    yield return item;
                    if (--left == 0)
                    {
                        yield break;
                    }
                }

                if (next is null && page.Cursor is not null)
                {
                    next = FetchAsync(SizeFor(toSkip, left), page.Cursor, seen, leaving.Token);
                }
            }
        }
        finally
        {
            if (next is not null)
            {
                await AbandonAsync(next, leaving).ConfigureAwait(false);
            }
        }
    }

    // What is cut off at the end cannot be asked for again: no cursor leads to it.
    private static Page<T> Cut(Page<T> page, int skipped, int taken) =>
        taken == page.Items.Count
            ? page.Items is LargePageItems<T>
                ? new Page<T>(page.Items.ToArray(), page.Cursor)
                : page
            : new Page<T>(page.Items.Skip(skipped).Take(taken).ToArray(), skipped + taken == page.Items.Count ? page.Cursor : null);

    private static async Task<Page<T>> TakeAsync(Task<Page<T>> page, CancellationToken cancellationToken)
    {
        try
        {
            return await page.ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (cancellationToken.IsCancellationRequested)
        {
            throw CallerCancellation.Of(exception, cancellationToken);
        }
    }

    private int SizeFor(long toSkip, long wanted) => (int)Math.Min(pageSize, Math.Min(toSkip, MaxPageSize) + Math.Min(wanted, MaxPageSize));

    private async Task<Page<T>> FetchAsync(int size, string? cursor, HashSet<string> seen, CancellationToken cancellationToken)
    {
        var page = await fetch(size, cursor, cancellationToken).ConfigureAwait(false);
        return page.Cursor is null || seen.Add(page.Cursor)
            ? page
            : throw new MembraneException(
                ErrorIds.MalformedResponse,
                "The service answered with a cursor that it had sent before, so the list would never end.",
                "Report it to the vendor's support."
            );
    }

    // A page that no one will look at must not go on in the background, and its error concerns no one.
    private static async Task AbandonAsync(Task<Page<T>> page, CancellationTokenSource leaving)
    {
        leaving.Cancel();
        await Task.WhenAny(page).ConfigureAwait(false);
        _ = page.Exception;
    }
}
