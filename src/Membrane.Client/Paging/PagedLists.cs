using System;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Transport;

namespace Membrane.Client.Paging;

/// <summary>Lists whose pages the service gives by size and cursor.</summary>
internal static class PagedLists
{
    /// <summary>Sends a request whose answer is a page of items, in the envelope of lists or as a bare array.</summary>
    public static Task<Page<T>> SendAsync<T>(
        this ApiTransport transport,
        ApiRequest request,
        PageReader<T> reader,
        CancellationToken cancellationToken
    )
        where T : MembraneModel =>
        transport.SendAsync(request, (ref Utf8JsonReader body) => reader.Read(ref body, transport.Objects), cancellationToken);

    /// <summary>Describes a list.</summary>
    /// <param name="transport">The way to the service.</param>
    /// <param name="request">Makes the request of a page, except for its size and cursor.</param>
    /// <param name="reader">Reads a page.</param>
    /// <param name="options">Which part of the list, in pages of which size.</param>
    /// <param name="mark">Notes on an item what the service does not say.</param>
    public static Listing<T> List<T>(
        this ApiTransport transport,
        Func<ApiRequest> request,
        PageReader<T> reader,
        ListingOptions? options,
        Action<T>? mark = null
    )
        where T : MembraneModel =>
        new(
            async (size, cursor, cancellationToken) =>
            {
                var page = await transport
                    .SendAsync(request().Query("limit", size).Query("cursor", cursor), reader, cancellationToken)
                    .ConfigureAwait(false);
                foreach (var item in page.Items)
                {
                    mark?.Invoke(item);
                }

                return page;
            },
            options
        );
}
