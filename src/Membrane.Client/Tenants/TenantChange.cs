namespace Membrane.Client;

/// <summary>What a tenant is to have. Null leaves a field as it is.</summary>
public sealed class TenantChange
{
    private double? aiCreditsRolling30DayLimit;

    /// <summary>The display name. Required for a new tenant.</summary>
    public string? Name { get; set; }

    /// <summary>Your own id for the tenant.</summary>
    public string? InternalId { get; set; }

    /// <summary>Free fields: an object.</summary>
    public object? Fields { get; set; }

    /// <summary>Credentials that your app gives for the tenant: anything with a form in JSON.</summary>
    public object? Credentials { get; set; }

    /// <summary>The limit of AI credits within 30 days, from 0.</summary>
    /// <exception cref="MembraneInputException">The value is less than 0 or no number.</exception>
    public double? AiCreditsRolling30DayLimit
    {
        get => aiCreditsRolling30DayLimit;
        set =>
            aiCreditsRolling30DayLimit = value is null or (>= 0 and < double.PositiveInfinity)
                ? value
                : throw new MembraneInputException(
                    ErrorIds.InvalidInput,
                    nameof(AiCreditsRolling30DayLimit),
                    "A limit of AI credits is a number from 0.",
                    "Pass 0 or more, or $null to take the limit away."
                );
    }

    /// <summary>Whether the limit of AI credits is taken away.</summary>
    public bool RemoveAiCreditsLimit { get; set; }

    internal bool IsEmpty =>
        Name is null
        && InternalId is null
        && Fields is null
        && Credentials is null
        && AiCreditsRolling30DayLimit is null
        && !RemoveAiCreditsLimit;
}
