using System;
using System.Threading;

namespace Membrane.Client.Callers;

/// <summary>A call was ended before anything was sent that may have had an effect.</summary>
internal sealed class CanceledUnsentException(OperationCanceledException exception, CancellationToken caller)
    : OperationCanceledException(exception.Message, exception, caller);
