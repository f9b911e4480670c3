using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client;
using Membrane.Client.Paging;

namespace Membrane.PowerShell.Common;

/// <summary>The base of the commands that write a part of a list: First and Skip.</summary>
public abstract class MembranePagingCommand : MembraneApiCommand
{
    private Batch? batch;

    /// <summary>How many items to ask the service for at once.</summary>
    private protected virtual int RequestSize => Listing<object>.MaxPageSize;

    /// <summary>Which part of the list the parameters ask for.</summary>
    private protected ListingOptions ListingOptions
    {
        get
        {
            ulong first = PagingParameters.First;
            return new ListingOptions
            {
                First = first > long.MaxValue ? null : (long)first,
                Skip = (long)Math.Min(PagingParameters.Skip, long.MaxValue),
                PageSize = RequestSize,
            };
        }
    }

    /// <summary>Writes the part of the list that was asked for.</summary>
    private protected void Stream<T>(Func<ListingOptions, Listing<T>> list) => Stream(list, null);

    /// <summary>Writes the part of the list that was asked for. A filter that the service does not know is applied before First and Skip.</summary>
    private protected void Stream<T>(Func<ListingOptions, Listing<T>> list, Func<T, bool>? fits)
    {
        if (PagingParameters.IncludeTotalCount)
        {
            // The API gives no total, and counting would read everything.
            WriteObject(PagingParameters.NewTotalCount(0, 0.0));
        }

        if (fits is null)
        {
            Stream(list(ListingOptions));
            return;
        }

        ulong skip = PagingParameters.Skip;
        var counted = new CountedFilter<T>(fits, skip, PagingParameters.First);
        Stream(counted.Apply(list(new ListingOptions { PageSize = RequestSize }), StopToken));
    }

    /// <summary>Writes the items that are named, in that order, getting several at a time.</summary>
    /// <param name="references">The names.</param>
    /// <param name="throttleLimit">How many are got at once at the most.</param>
    /// <param name="prepare">Says on the pipeline thread how one of them is got, on any thread.</param>
    private protected void GetEach<T>(IEnumerable<T> references, int throttleLimit, Func<MembraneClient, T, Func<CancellationToken, Task<object?>>> prepare)
        where T : ElementReference
    {
        batch ??= Start(new Batch(this, "Reading", throttleLimit, isOrdered: true));
        batch.ForEach(references, static reference => reference.IdOrKey, reference => batch.Submit(reference.IdOrKey, prepare(batch.Client, reference)));
    }
}
