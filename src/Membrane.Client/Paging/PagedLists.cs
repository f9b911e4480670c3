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
    /// <param name="transport">The way to the service.</param>
    /// <param name="request">The request.</param>
    /// <param name="reader">Reads the page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <param name="mark">Notes on an item what the service does not say.</param>
    public static Task<Page<T>> SendAsync<T>(
        this ApiTransport transport,
        ApiRequest request,
        PageReader<T> reader,
        CancellationToken cancellationToken,
        Action<T>? mark = null
    )
        where T : MembraneModel =>
        transport.SendAsync(
            request,
            response =>
            {
                var items = new PageItemReader<T>(reader.Item, transport.Objects, mark);
                return response.IsLarge
                    ? ReadLarge(request, response, reader, items)
                    : ApiTransport.Read(request, response, (ref Utf8JsonReader body) => reader.Read(ref body, items.ReadAll));
            },
            cancellationToken
        );

    /// <summary>Sends a request whose answer is a page of values of any shape.</summary>
    /// <param name="transport">The way to the service.</param>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public static Task<Page<object?>> SendForItemsAsync(
        this ApiTransport transport,
        ApiRequest request,
        CancellationToken cancellationToken
    ) =>
        transport.SendAsync(
            request,
            response =>
            {
                if (!response.IsLarge)
                {
                    var answer = response.Body.IsEmpty ? null : transport.ReadValue(request, response);
                    return LenientPageReader.From(answer, transport.Objects);
                }

                var whole = response.DetachBody();
                return ApiTransport.Read(
                    request,
                    response,
                    (ref Utf8JsonReader body) =>
                        LenientPageReader.FromLarge(
                            ref body,
                            whole,
                            transport.Objects,
                            exception => ApiTransport.Unreadable(request, response, exception)
                        )
                );
            },
            cancellationToken
        );

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
            (size, cursor, cancellationToken) =>
                transport.SendAsync(request().Query("limit", size).Query("cursor", cursor), reader, cancellationToken, mark),
            options
        );

    private static Page<T> ReadLarge<T>(ApiRequest request, ApiResponse response, PageReader<T> reader, PageItemReader<T> items)
        where T : MembraneModel
    {
        var whole = response.DetachBody();
        return ApiTransport.Read(
            request,
            response,
            (ref Utf8JsonReader body) =>
                reader.Read(
                    ref body,
                    (ref Utf8JsonReader atItems) =>
                        items.ReadLater(ref atItems, whole, exception => ApiTransport.Unreadable(request, response, exception))
                )
        );
    }
}
