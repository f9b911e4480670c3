using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client;
using Membrane.Client.Paging;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Commands;

/// <summary>The base of the commands that write a part of a list: First and Skip.</summary>
public abstract class MembranePagingCommand : MembraneApiCommand
{
    /// <summary>The parameter set of a list.</summary>
    private protected const string ListSet = "List";

    private CommandBatch? batch;

    /// <summary>Whether the parameters ask for a list, and not for what they name.</summary>
    private protected virtual bool IsListing => ParameterSetName is ListSet or ParameterAttribute.AllParameterSets;

    /// <summary>How many items to ask the service for at once.</summary>
    private protected virtual int RequestSize => Listing<object>.MaxPageSize;

    /// <summary>Which part of the list the parameters ask for.</summary>
    private protected ListingOptions ListingOptions
    {
        get
        {
            var first = PagingParameters.First;
            return new ListingOptions
            {
                First = first > long.MaxValue ? null : (long)first,
                Skip = (long)Math.Min(PagingParameters.Skip, long.MaxValue),
                PageSize = RequestSize,
            };
        }
    }

    /// <inheritdoc/>
    protected sealed override void Process()
    {
        if (IsListing)
        {
            List();
            return;
        }

        RefusePart();
        GetNamed();
    }

    /// <summary>Writes the list.</summary>
    private protected abstract void List();

    /// <summary>Writes what the parameters name, where there are parameters for that.</summary>
    private protected virtual void GetNamed() => throw new NotSupportedException(ParameterSetName);

    /// <summary>Writes the part of the list that was asked for.</summary>
    private protected void Stream<T>(Func<ListingOptions, Listing<T>> list) => Stream(list, fits: null);

    /// <summary>
    /// Writes the part that was asked for of what is called so. The service does not know wildcards, so they are applied before First and
    /// Skip.
    /// </summary>
    /// <param name="list">The list.</param>
    /// <param name="name">A name with wildcards; null for any.</param>
    /// <param name="namesOf">What an item is called.</param>
    private protected void Stream<T>(Func<ListingOptions, Listing<T>> list, string? name, params Func<T, string?>[] namesOf)
    {
        var pattern = name is null ? null : WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
        Stream(
            list,
            pattern is null
                ? null
                : item =>
                    namesOf.Any(nameOf =>
                        nameOf(item) is var text
                        && (pattern.IsMatch(text ?? string.Empty) || string.Equals(text, name, StringComparison.OrdinalIgnoreCase))
                    )
        );
    }

    private void Stream<T>(Func<ListingOptions, Listing<T>> list, Func<T, bool>? fits)
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

        var skip = PagingParameters.Skip;
        var counted = new CountedFilter<T>(fits, skip, PagingParameters.First);
        Stream(counted.Apply(list(new ListingOptions { PageSize = RequestSize }), StopToken));
    }

    /// <summary>Writes the items that are named, in that order, getting several at a time.</summary>
    /// <param name="references">The names.</param>
    /// <param name="throttleLimit">How many are got at once at the most.</param>
    /// <param name="prepare">Says on the pipeline thread how one of them is got, on any thread.</param>
    private protected void GetEach<T>(
        IEnumerable<T> references,
        int throttleLimit,
        Func<MembraneClient, T, Func<CancellationToken, Task<object?>>> prepare
    )
        where T : ElementReference
    {
        batch ??= Start(new CommandBatch(this, "Reading", throttleLimit, isOrdered: true));
        batch.ForEach(
            references,
            static reference => reference.IdOrKey,
            reference => batch.Submit(reference.IdOrKey, prepare(batch.Client, reference))
        );
    }

    /// <summary>Emits what is being got, before something else is written.</summary>
    private protected void FinishBatch() => batch?.Finish();

    // SupportsPaging puts these into every parameter set.
    private void RefusePart()
    {
        string[] parts = ["First", "Skip", "IncludeTotalCount"];
        if (parts.FirstOrDefault(IsNamed) is { } part)
        {
            ThrowTerminatingError(
                ErrorRecords.Create(
                    new MembraneInputException(
                        ErrorIds.InvalidInput,
                        part,
                        $"-{part} is for lists, and here is named what to get.",
                        $"Leave out -{part}, or list with other parameters."
                    ),
                    ErrorTarget
                )
            );
        }
    }
}
