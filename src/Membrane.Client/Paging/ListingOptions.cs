namespace Membrane.Client.Paging;

/// <summary>Which part of a list is wanted.</summary>
public sealed class ListingOptions
{
    private readonly int pageSize = Listing<object>.MaxPageSize;

    /// <summary>How many items at the most; null for all.</summary>
    public long? First { get; init; }

    /// <summary>How many items to pass over.</summary>
    public long Skip { get; init; }

    /// <summary>How many items to ask for at once, 1 to 1000. Default 1000.</summary>
    /// <exception cref="MembraneInputException">The value is out of range.</exception>
    public int PageSize
    {
        get => pageSize;
        init => pageSize = value is >= 1 and <= Listing<object>.MaxPageSize
            ? value
            : throw new MembraneInputException(ErrorIds.InvalidInput, nameof(PageSize), $"A page of {value} items cannot be asked for.", $"Ask for 1 to {Listing<object>.MaxPageSize}.");
    }
}
