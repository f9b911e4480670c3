using System.Management.Automation;
using System.Runtime.InteropServices;

namespace Membrane.PowerShell.Common;

/// <summary>Turns the client's errors into error records: the one place that chooses category and target.</summary>
internal static class ErrorRecords
{
    // PowerShell 7 shows the recommended action below the message; Windows PowerShell does not.
    private static readonly bool ShowsRecommendations = !RuntimeInformation.FrameworkDescription.StartsWith(
        ".NET Framework",
        System.StringComparison.Ordinal
    );

    public static ErrorRecord Create(MembraneException exception, object? target)
    {
        exception.RecommendedAction = ModuleAdvice.Of(exception);
        var record = new ErrorRecord(exception, exception.ErrorId, Category(exception), target)
        {
            ErrorDetails = new ErrorDetails(Text(exception)) { RecommendedAction = exception.RecommendedAction ?? string.Empty },
        };
        record.CategoryInfo.TargetName = ShownText.OfLine(record.CategoryInfo.TargetName);
        return record;
    }

    private static string Text(MembraneException exception)
    {
        var text =
            exception.Outcome == RequestOutcome.Unknown ? exception.Message + " It is not known whether it was done." : exception.Message;
        return exception.RecommendedAction is null || ShowsRecommendations ? text : text + " " + exception.RecommendedAction;
    }

    private static ErrorCategory Category(MembraneException exception) =>
        exception switch
        {
            MembraneInputException { ErrorId: ErrorIds.UnsupportedOperation } => ErrorCategory.NotImplemented,
            MembraneInputException => ErrorCategory.InvalidArgument,
            MembraneSignInException => ErrorCategory.AuthenticationError,
            MembraneTimeoutException => ErrorCategory.OperationTimeout,
            MembraneResponseException => ErrorCategory.InvalidData,
            MembraneNetworkException { ErrorId: ErrorIds.RequestTimeout } => ErrorCategory.OperationTimeout,
            MembraneNetworkException { ErrorId: ErrorIds.ResponseTooLarge } => ErrorCategory.LimitsExceeded,
            MembraneNetworkException => ErrorCategory.ConnectionError,
            { ErrorId: ErrorIds.RateLimitExceeded } => ErrorCategory.LimitsExceeded,
            MembraneApiException { ErrorId: ErrorIds.WorkspaceTransferFailed } => ErrorCategory.OperationStopped,
            MembraneApiException api => Category(api.AppStatus ?? (int)api.StatusCode),
            _ => exception.ErrorId switch
            {
                ErrorIds.NotFound => ErrorCategory.ObjectNotFound,
                ErrorIds.Ambiguous => ErrorCategory.InvalidArgument,
                ErrorIds.MalformedResponse => ErrorCategory.InvalidData,
                ErrorIds.FileAccess => ErrorCategory.OpenError,
                ErrorIds.LocalChanges => ErrorCategory.ResourceExists,
                ErrorIds.ConnectionRequestFailed or ErrorIds.AgentSessionFailed or ErrorIds.FlowRunFailed or ErrorIds.SetupFailed =>
                    ErrorCategory.OperationStopped,
                _ => ErrorCategory.NotSpecified,
            },
        };

    private static ErrorCategory Category(int statusCode) =>
        statusCode switch
        {
            401 => ErrorCategory.AuthenticationError,
            403 => ErrorCategory.PermissionDenied,
            404 => ErrorCategory.ObjectNotFound,
            409 => ErrorCategory.ResourceExists,
            429 => ErrorCategory.LimitsExceeded,
            >= 500 => ErrorCategory.ResourceUnavailable,
            _ => ErrorCategory.InvalidOperation,
        };
}
