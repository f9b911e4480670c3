using System;
using System.Management.Automation;
using Membrane.Client;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Commands;

/// <summary>The base of the commands that list something whose pages may have any size, or get what is named.</summary>
public abstract class MembraneListCommand : MembraneApiCommand
{
    /// <summary>The parameter set of a list.</summary>
    private protected const string ListSet = "List";

    /// <summary>How many items to ask the service for at a time, 1 to 1000. It changes no result, only the number of requests.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateRange(1, 1000)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public int PageSize { get; set; } = 1000;

    /// <summary>Whether the parameters ask for a list, and not for what they name.</summary>
    private protected virtual bool IsListing => ParameterSetName is ListSet or ParameterAttribute.AllParameterSets;

    /// <inheritdoc/>
    protected sealed override void Process()
    {
        if (IsListing)
        {
            List();
            return;
        }

        new ListOutput(this).RefusePart();
        GetNamed();
    }

    /// <summary>Writes the list.</summary>
    private protected abstract void List();

    /// <summary>Writes what the parameters name, where there are parameters for that.</summary>
    private protected virtual void GetNamed() => throw new NotSupportedException(ParameterSetName);

    /// <inheritdoc cref="ListOutput.Write{T}(Func{ListingOptions, Listing{T}})"/>
    private protected void Stream<T>(Func<ListingOptions, Listing<T>> list) => new ListOutput(this, PageSize).Write(list);

    /// <inheritdoc cref="ListOutput.Write{T}(Func{ListingOptions, Listing{T}}, NamePattern, Func{T, string}[])"/>
    private protected void Stream<T>(Func<ListingOptions, Listing<T>> list, NamePattern? name, params Func<T, string?>[] namesOf) =>
        new ListOutput(this, PageSize).Write(list, name, namesOf);
}
