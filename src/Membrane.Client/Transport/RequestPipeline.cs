using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Callers;
using Membrane.Client.Tokens;

namespace Membrane.Client.Transport;

/// <summary>The steps of one request, until it is answered or has failed: authenticate, limit, send, decide.</summary>
internal sealed class RequestPipeline(
    MembraneClientOptions options,
    HttpClient http,
    IRateLimitObserver? observer,
    IRateLimiter? limiter,
    ClientLifetime lifetime
)
{
    private readonly AttemptSender sender = new(options, http, observer);

    public async Task<ApiResponse> SendAsync(ApiRequest request, CancellationToken cancellationToken)
    {
        lifetime.ThrowIfClosed();
        using var stop = lifetime.Link(cancellationToken);
        var progress = new RequestProgress(request);
        try
        {
            while (true)
            {
                stop.Token.ThrowIfCancellationRequested();
                var token = await AuthenticateAsync(progress, stop.Token).ConfigureAwait(false);
                await LimitAsync(progress, stop.Token).ConfigureAwait(false);
                var result = await SendOnceAsync(progress, token, stop.Token).ConfigureAwait(false);
                if (result.Failure is null)
                {
                    return result.Response!;
                }

                var decision = Decide(progress, result.Attempt, token);
                if (decision.Step == RetryStep.GiveUp)
                {
                    return result.Response ?? throw Fail(progress, result);
                }

                result.Response?.Dispose();
                await PrepareRetryAsync(progress, result, decision, stop.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException exception) when (lifetime.IsClosed && !cancellationToken.IsCancellationRequested)
        {
            throw Closed(progress, exception);
        }
        catch (OperationCanceledException exception)
        {
            // Where the caller has not canceled, it was the token source that did, for a reason of its own.
            var token = cancellationToken.IsCancellationRequested ? cancellationToken : exception.CancellationToken;
            throw RequestOutcomes.OfUnsent(request, progress.MayHaveRun) == RequestOutcome.NotSent
                ? new CanceledUnsentException(exception, token)
                : CallerCancellation.Of(exception, token);
        }
    }

    private async Task<string> AuthenticateAsync(RequestProgress progress, CancellationToken cancellationToken)
    {
        if (progress.Request.SentSecret is { } secret)
        {
            return secret;
        }

        try
        {
            var token = await options.TokenSource!.GetTokenAsync(cancellationToken).ConfigureAwait(false);
            return TokenText.FitsHeader(token)
                ? token
                : throw new MembraneSignInException(
                    ErrorIds.InvalidToken,
                    $"The token of the {nameof(options.TokenSource)} is empty, or has characters that cannot be sent.",
                    "Sign in again."
                )
                {
                    Topic = "TokenSource",
                };
        }
        catch (MembraneException exception)
        {
            // What became of the request for a token says nothing of this request. Others may wait for the same token.
            var own = exception.Copy();
            own.Outcome = RequestOutcomes.OfUnsent(progress.Request, progress.MayHaveRun);
            throw own;
        }
    }

    private async Task LimitAsync(RequestProgress progress, CancellationToken cancellationToken)
    {
        progress.IsInLimiter = false;
        if (limiter?.MaxWait is not { } maxWait)
        {
            return;
        }

        if (await limiter.EnterAsync(maxWait - progress.Elapsed, cancellationToken).ConfigureAwait(false))
        {
            progress.IsInLimiter = true;
            return;
        }

        throw new MembraneException(
            ErrorIds.RateLimitExceeded,
            $"The service asks for a longer pause than a batch waits, so {progress.Request.Operation} was not sent.",
            "Run it again later. The errors of the inputs before say how long the service asks to wait (RetryAfter of the exception)."
        )
        {
            Outcome = RequestOutcomes.OfUnsent(progress.Request, progress.MayHaveRun),
        };
    }

    private async Task<AttemptResult> SendOnceAsync(RequestProgress progress, string token, CancellationToken cancellationToken)
    {
        Attempt attempt = default;
        progress.Sending();
        try
        {
            var result = await sender.SendAsync(progress.Request, token, cancellationToken).ConfigureAwait(false);
            attempt = result.Attempt;
            if (result.Failure is not null)
            {
                progress.Ended(attempt);
            }

            return result;
        }
        finally
        {
            if (progress.IsInLimiter)
            {
                progress.LimiterPause = limiter!.Leave(attempt, options.RetryPolicy);
            }
        }
    }

    private RetryDecision Decide(RequestProgress progress, Attempt attempt, string token)
    {
        if (CanRenewToken(progress, attempt) && options.TokenSource!.Discard(token))
        {
            return new RetryDecision(RetryStep.RenewToken);
        }

        if (progress.IsInLimiter && RetryPolicy.IsRateLimited(attempt))
        {
            return progress.Elapsed + progress.LimiterPause < limiter!.MaxWait
                ? new RetryDecision(RetryStep.WaitInLimiter, progress.LimiterPause)
                : new RetryDecision(RetryStep.GiveUp);
        }

        var delay = options.RetryPolicy.NextDelay(attempt, progress.Number, progress.Request.IsRepeatable, Jitter.Next());
        return delay is null ? new RetryDecision(RetryStep.GiveUp) : new RetryDecision(RetryStep.WaitAndRetry, delay.Value);
    }

    private static bool CanRenewToken(RequestProgress progress, Attempt attempt) =>
        attempt.StatusCode == 401 && !attempt.ReachedApp && !progress.HasNewToken && !progress.Request.IsAnonymous;

    private async Task PrepareRetryAsync(
        RequestProgress progress,
        AttemptResult result,
        RetryDecision decision,
        CancellationToken cancellationToken
    )
    {
        if (decision.Step == RetryStep.RenewToken)
        {
            progress.HasNewToken = true;
            progress.CountTry();
            return;
        }

        observer?.Retrying(progress.Request.Operation, result.Failure!.Message, decision.Delay);
        if (RetryPolicy.IsRateLimited(result.Attempt))
        {
            observer?.RateLimited(progress.Request.Operation, decision.Delay);
        }

        if (decision.Step == RetryStep.WaitAndRetry)
        {
            await Task.Delay(decision.Delay, cancellationToken).ConfigureAwait(false);
            progress.CountTry();
        }
    }

    private static MembraneException Fail(RequestProgress progress, AttemptResult result)
    {
        result.Failure!.Outcome = RetryPolicy.DidNotRun(result.Attempt)
            ? RequestOutcomes.OfUnsent(progress.Request, progress.MayHaveRun)
            : RequestOutcomes.OfSent(progress.Request, progress.MayHaveRun);
        return result.Failure;
    }

    private static MembraneNetworkException Closed(RequestProgress progress, OperationCanceledException exception) =>
        new(
            ErrorIds.ContextDisconnected,
            $"The client was closed before {progress.Request.Operation} was answered.",
            "Make a new client.",
            exception
        )
        {
            Outcome = progress.MayHaveRun ? RequestOutcomes.OfSent(progress.Request, true) : RequestOutcome.NotSent,
        };
}
