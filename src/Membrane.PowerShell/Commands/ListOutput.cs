using System;
using System.Linq;
using System.Management.Automation;
using Membrane.Client;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Commands;

/// <summary>Writes the part of a list that -First and -Skip ask for.</summary>
/// <param name="command">The command, which has SupportsPaging.</param>
/// <param name="pageSize">How many items to ask the service for at a time.</param>
internal sealed class ListOutput(MembraneApiCommand command, int pageSize = Listing<object>.MaxPageSize)
{
    private static readonly string[] Parts = ["First", "Skip", "IncludeTotalCount"];

    private PagingParameters Paging => command.PagingParameters;

    /// <summary>Refuses parameters of a list where the items are named: SupportsPaging puts them into every parameter set.</summary>
    /// <remarks>It ends the command.</remarks>
    public void RefusePart()
    {
        if (Parts.FirstOrDefault(command.IsNamed) is { } part)
        {
            command.EndWith(
                new MembraneInputException(
                    ErrorIds.InvalidInput,
                    part,
                    $"-{part} is for lists, and here is named what to get.",
                    $"Leave out -{part}, or list with other parameters."
                )
            );
        }
    }

    /// <summary>Writes the part of the list that the parameters ask for.</summary>
    public void Write<T>(Func<ListingOptions, Listing<T>> list)
    {
        WriteTotal();
        var first = Paging.First;
        command.Stream(
            list(
                new ListingOptions
                {
                    First = first > long.MaxValue ? null : (long)first,
                    Skip = (long)Math.Min(Paging.Skip, long.MaxValue),
                    PageSize = pageSize,
                }
            )
        );
    }

    /// <summary>
    /// Writes the part that the parameters ask for of the items with a name. The service does not support wildcards, so they are applied
    /// before First and Skip.
    /// </summary>
    /// <param name="list">The list.</param>
    /// <param name="name">The names; null for any.</param>
    /// <param name="namesOf">The names of an item.</param>
    public void Write<T>(Func<ListingOptions, Listing<T>> list, NamePattern? name, params Func<T, string?>[] namesOf)
    {
        if (name is null)
        {
            Write(list);
            return;
        }

        WriteTotal();
        var matches = new CountedFilter<T>(item => namesOf.Any(nameOf => name.IsMatch(nameOf(item))), Paging.Skip, Paging.First);
        var all = list(new ListingOptions { PageSize = pageSize });
        command.Watch(all);
        command.Stream(matches.Apply(all, command.StopToken));
    }

    private void WriteTotal()
    {
        if (Paging.IncludeTotalCount)
        {
            // The API gives no total, and counting would read everything.
            command.WriteObject(Paging.NewTotalCount(0, 0.0));
        }
    }
}
