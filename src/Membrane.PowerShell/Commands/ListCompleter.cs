using System.Threading;
using System.Threading.Tasks;
using Membrane.Client;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Commands;

/// <summary>Completes a parameter with the items of a list of the service.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
public abstract class ListCompleter<T> : LiveCompleter
{
    /// <summary>Whether the service can search the list.</summary>
    private protected virtual bool HasSearch => true;

    /// <summary>Returns the list.</summary>
    /// <param name="client">The client of the context that the command line names.</param>
    /// <param name="search">What the service is to search for; null for the whole list.</param>
    /// <param name="options">Which part of it.</param>
    private protected abstract Listing<T> List(MembraneClient client, string? search, ListingOptions options);

    /// <summary>Returns the word that names an item; null where nothing does.</summary>
    private protected abstract CompletionWord? Describe(T item);

    private protected sealed override Task ReadAsync(CompletionRequest request, CancellationToken cancellationToken) =>
        request.ReadAsync((search, options) => List(request.Client, search, options), HasSearch, Describe, cancellationToken);
}
