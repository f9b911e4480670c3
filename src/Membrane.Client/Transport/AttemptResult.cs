namespace Membrane.Client.Transport;

/// <summary>What one try came to: an answer, a failure, or an error answer that the caller wants to read.</summary>
internal sealed class AttemptResult
{
    private AttemptResult(ApiResponse? response, Attempt attempt, MembraneException? failure)
    {
        Response = response;
        Attempt = attempt;
        Failure = failure;
    }

    /// <summary>The answer; null where there is none, or where the failure says it all.</summary>
    public ApiResponse? Response { get; }

    /// <summary>How the try ended, for the retry policy.</summary>
    public Attempt Attempt { get; }

    /// <summary>What went wrong; null where nothing did.</summary>
    public MembraneException? Failure { get; }

    public static AttemptResult Succeeded(ApiResponse response) => new(response, default, null);

    public static AttemptResult Failed(Attempt attempt, MembraneException failure, ApiResponse? response = null) =>
        new(response, attempt, failure);
}
