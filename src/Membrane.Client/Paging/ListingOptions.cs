namespace Membrane.Client;

/// <summary>Which part of a list is wanted.</summary>
public sealed class ListingOptions
{
    private int pageSize = Listing<object>.MaxPageSize;
    private long? first;
    private long skip;

    /// <summary>How many items at most; null for all.</summary>
    /// <exception cref="MembraneInputException">The value is negative.</exception>
    public long? First
    {
        get => first;
        set => first = value is null ? null : CheckCount(value.Value, nameof(First));
    }

    /// <summary>How many items to pass over.</summary>
    /// <exception cref="MembraneInputException">The value is negative.</exception>
    public long Skip
    {
        get => skip;
        set => skip = CheckCount(value, nameof(Skip));
    }

    /// <summary>How many items to ask for at once, 1 to 1000. Default 1000.</summary>
    /// <exception cref="MembraneInputException">The value is out of range.</exception>
    public int PageSize
    {
        get => pageSize;
        set =>
            pageSize = value is >= 1 and <= Listing<object>.MaxPageSize
                ? value
                : throw new MembraneInputException(
                    ErrorIds.InvalidInput,
                    nameof(PageSize),
                    $"A page of {value} items cannot be asked for.",
                    $"Ask for 1 to {Listing<object>.MaxPageSize}."
                );
    }

    private static long CheckCount(long value, string parameterName) =>
        value >= 0
            ? value
            : throw new MembraneInputException(
                ErrorIds.InvalidInput,
                parameterName,
                $"The value of {parameterName} is negative.",
                "Pass 0 or more."
            );
}
