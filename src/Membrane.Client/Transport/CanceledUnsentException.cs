using System;

namespace Membrane.Client.Transport;

/// <summary>A call was ended before anything was sent that may have had an effect.</summary>
internal sealed class CanceledUnsentException(OperationCanceledException exception)
    : OperationCanceledException(exception.Message, exception, exception.CancellationToken);
