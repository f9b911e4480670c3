using System;
using Membrane.Client.Transport;

namespace Membrane.PowerShell.Common;

/// <summary>
/// Reports requests to the command on whose behalf they are sent, so that all commands of a session share one client.
/// </summary>
internal sealed class CommandObserver : IRateLimitObserver
{
    public static readonly CommandObserver Instance = new();

    private CommandObserver() { }

    public void Answered(string operation, int statusCode, TimeSpan duration) =>
        MembraneCommand.Current?.ReportAnswer(operation, statusCode, duration);

    public void Retrying(string operation, string reason, TimeSpan delay) => MembraneCommand.Current?.ReportRetry(operation, reason, delay);

    public void RateLimited(string operation, TimeSpan delay) => MembraneCommand.Current?.ReportRateLimit(operation, delay);
}
