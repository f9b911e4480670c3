using System;

namespace Membrane.Client.Transport;

/// <summary>Checks options before a client is made of them: that none is missing, and that each can be sent or waited for.</summary>
internal static class ClientOptionsValidator
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(1);

    /// <exception cref="MembraneInputException">An option cannot be used; the exception names it.</exception>
    public static void Validate(MembraneClientOptions options)
    {
        Require(options.ApiUri, nameof(options.ApiUri));
        Require(options.ObjectModel, nameof(options.ObjectModel));
        Require(options.RetryPolicy, nameof(options.RetryPolicy));
        Require(options.UserAgent, nameof(options.UserAgent));
        CheckHeader(options.UserAgent, nameof(options.UserAgent));
        if (options.ApiVersion is not null)
        {
            CheckHeader(options.ApiVersion, nameof(options.ApiVersion));
        }

        CheckDelay(options.RetryPolicy.BaseDelay, nameof(RetryPolicy.BaseDelay));
        CheckDelay(options.RetryPolicy.MaxDelay, nameof(RetryPolicy.MaxDelay));
        CheckDelay(options.RetryPolicy.MaxRetryAfter, nameof(RetryPolicy.MaxRetryAfter));
    }

    private static void Require(object? value, string option)
    {
        if (value is null)
        {
            throw Refuse(option, $"The option {option} is null.", "Leave it out for the default, or pass a value.");
        }
    }

    private static void CheckHeader(string value, string option)
    {
        if (string.IsNullOrWhiteSpace(value) || !HeaderText.IsValid(value))
        {
            throw Refuse(
                option,
                $"The option {option} is sent in a header, and is empty or has a line break, another control character, or one beyond ASCII.",
                "Correct the value."
            );
        }
    }

    private static void CheckDelay(TimeSpan delay, string option)
    {
        if (delay < TimeSpan.Zero || delay > LongestDelay)
        {
            throw Refuse(
                nameof(RetryPolicy) + "." + option,
                $"The option {nameof(RetryPolicy)}.{option} must be 0 to 1 day; {delay} was given.",
                "Pass a delay in that range."
            );
        }
    }

    private static MembraneInputException Refuse(string option, string message, string advice) =>
        new(ErrorIds.InvalidInput, option, message, advice);
}
