using System.Threading;
using System.Threading.Tasks;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Connections;

namespace Membrane.PowerShell.DataCollections;

/// <summary>Completes the data collections of the connection that the command line names.</summary>
public sealed class CollectionCompleter : LiveCompleter
{
    private protected override async Task ReadAsync(CompletionRequest request, CancellationToken cancellationToken)
    {
        if (await request.FindConnectionIdAsync(cancellationToken).ConfigureAwait(false) is not { } connectionId)
        {
            return;
        }

        var collections = request.Client.Data.ListCollections(connectionId);
        await foreach (var collection in collections.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            request.Add(new CompletionWord(collection.Key ?? string.Empty, collection.Name, collection.Name));
        }
    }
}
