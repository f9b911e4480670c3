namespace Membrane.Emulator;

/// <summary>The forms of the <c>Retry-After</c> header.</summary>
public enum RetryAfterForm
{
    /// <summary>A number of seconds.</summary>
    Seconds,

    /// <summary>An HTTP date.</summary>
    Date,

    /// <summary>No such header, as from the service, which documents none.</summary>
    None,
}
