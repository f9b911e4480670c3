namespace Membrane.Client.Transport;

/// <summary>What is known of the effect of a request that did not succeed.</summary>
internal static class RequestOutcomes
{
    /// <summary>Gets the outcome of a request whose last try was sent.</summary>
    public static RequestOutcome OfSent(ApiRequest request, bool mayHaveRun) =>
        mayHaveRun && request.HasEffect ? RequestOutcome.Unknown : RequestOutcome.Failed;

    /// <summary>Gets the outcome of a request whose last try was not run; an earlier one may have been.</summary>
    public static RequestOutcome OfUnsent(ApiRequest request, bool mayHaveRun) =>
        mayHaveRun && request.HasEffect ? RequestOutcome.Unknown : RequestOutcome.NotSent;
}
