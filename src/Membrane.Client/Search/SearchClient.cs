using System;
using Membrane.Client.Paging;
using Membrane.Client.Search;
using Membrane.Client.Transport;

namespace Membrane.Client;

/// <summary>Search over all elements of a workspace.</summary>
public class SearchClient
{
    /// <summary>The largest page of a search.</summary>
    public const int MaxPageSize = 100;

    private const int MaxQueryLength = 200;
    private readonly ApiTransport transport;

    /// <summary>Makes a client that sends nothing, for a test to derive from.</summary>
    protected SearchClient() => transport = null!;

    internal SearchClient(ApiTransport transport) => this.transport = transport;

    /// <summary>Finds elements by a word of their name (<c>GET /search</c>).</summary>
    /// <param name="query">The words, 1 to 200 characters.</param>
    /// <param name="elementType">The type in kebab case, such as connector; null for all.</param>
    /// <param name="options">Which part, in pages of 1 to 100.</param>
    /// <exception cref="MembraneInputException">The query is empty or too long.</exception>
    public virtual Listing<SearchResult> Find(string query, string? elementType = null, ListingOptions? options = null)
    {
        Check(query);
        return new Listing<SearchResult>(
            (size, cursor, cancellationToken) =>
                transport.SendAsync(
                    ApiRequest
                        .Get("search")
                        .Query("q", query)
                        .Query("elementType", elementType?.ToLowerInvariant())
                        .Query("limit", Math.Min(size, MaxPageSize))
                        .Query("cursor", cursor),
                    SearchReader.Page,
                    cancellationToken
                ),
            options
        );
    }

    /// <summary>Finds elements by meaning, best first, at most 100 (<c>GET /semantic-search</c>).</summary>
    /// <param name="query">What is looked for in plain words, 1 to 200 characters.</param>
    /// <param name="elementType">The type in kebab case, such as connector; null for all.</param>
    /// <param name="options">Which part: <see cref="ListingOptions.PageSize"/> counts up to 100, and there is one page.</param>
    /// <exception cref="MembraneInputException">The query is empty or too long.</exception>
    public virtual Listing<SearchResult> FindByMeaning(string query, string? elementType = null, ListingOptions? options = null)
    {
        Check(query);
        return new Listing<SearchResult>(
            (size, _, cancellationToken) =>
                transport.SendAsync(
                    ApiRequest
                        .Get("semantic-search")
                        .Query("q", query)
                        .Query("elementType", elementType?.ToLowerInvariant())
                        .Query("limit", Math.Min(size, MaxPageSize)),
                    SearchReader.Page,
                    cancellationToken
                ),
            options
        );
    }

    private static void Check(string query)
    {
        if (string.IsNullOrWhiteSpace(query) || query.Length > MaxQueryLength)
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                "Query",
                $"A search takes 1 to {MaxQueryLength} characters; {query?.Length ?? 0} were given.",
                "Search for a word or two of the name."
            );
        }
    }
}
