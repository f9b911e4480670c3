namespace Membrane.Emulator;

/// <summary>The two forms of the <c>Retry-After</c> header.</summary>
public enum RetryAfterForm
{
    /// <summary>A number of seconds.</summary>
    Seconds,

    /// <summary>An HTTP date.</summary>
    Date,
}
