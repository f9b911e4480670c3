using System;

namespace Membrane.Client;

/// <summary>How long to wait, and who is told of each look at it.</summary>
/// <typeparam name="T">What is waited for.</typeparam>
public sealed class WaitOptions<T>
{
    private TimeSpan timeout = TimeSpan.FromMinutes(5);

    /// <summary>How long at most, from 1 second. Default 5 minutes.</summary>
    /// <exception cref="MembraneInputException">The value is less than a second.</exception>
    public TimeSpan Timeout
    {
        get => timeout;
        set =>
            timeout =
                value >= TimeSpan.FromSeconds(1)
                    ? value
                    : throw new MembraneInputException(
                        ErrorIds.InvalidInput,
                        nameof(Timeout),
                        "A wait of less than a second was asked for.",
                        "Wait for a second or longer."
                    );
    }

    /// <summary>Told of the state after each poll. Its exceptions go to <see cref="System.Diagnostics.Trace"/>; the wait goes on.</summary>
    public IProgress<T>? Progress { get; set; }

    internal string What { get; init; } = typeof(T).Name;
}
