using System;
using System.Threading;

namespace Membrane.Client.Callers;

/// <summary>Cancellations as callers know them: with the token that they passed, whichever one ended the work inside.</summary>
internal static class CallerCancellation
{
    /// <summary>Returns the cancellation with the token of the caller.</summary>
    public static OperationCanceledException Of(OperationCanceledException exception, CancellationToken caller) =>
        exception.CancellationToken == caller ? exception
        : exception is CanceledUnsentException ? new CanceledUnsentException(exception, caller)
        : new OperationCanceledException(exception.Message, exception, caller);
}
