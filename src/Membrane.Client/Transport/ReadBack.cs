using System;
using System.Threading.Tasks;
using Membrane.Client.Callers;

namespace Membrane.Client.Transport;

/// <summary>What follows on a change that the service has taken.</summary>
internal static class ReadBack
{
    /// <summary>Reads what came of a change. Where that fails no one may take the change for one that failed, and make it again.</summary>
    /// <exception cref="MembraneException">It cannot be read; the outcome is Unknown.</exception>
    public static async Task<T> ReadAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (MembraneException exception)
        {
            exception.Outcome = RequestOutcome.Unknown;
            throw;
        }
        catch (CanceledUnsentException exception)
        {
            // Unsent is what was to be read, not the change.
            throw new OperationCanceledException(exception.Message, exception, exception.CancellationToken);
        }
    }
}
