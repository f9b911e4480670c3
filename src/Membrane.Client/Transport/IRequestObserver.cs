using System;

namespace Membrane.Client;

/// <summary>Is told what goes over the wire: never a token, a header or a body. Called on any thread.</summary>
/// <remarks>An exception of its own changes nothing about the request: it goes to <see cref="System.Diagnostics.Trace"/>.</remarks>
public interface IRequestObserver
{
    /// <summary>An answer came.</summary>
    /// <param name="operation">The method, path and query.</param>
    /// <param name="statusCode">The HTTP status.</param>
    /// <param name="duration">The time from sending to the end of the body.</param>
    void Answered(string operation, int statusCode, TimeSpan duration);

    /// <summary>A request is going to be tried again.</summary>
    /// <param name="operation">The method, path and query.</param>
    /// <param name="reason">Why.</param>
    /// <param name="delay">After how long.</param>
    void Retrying(string operation, string reason, TimeSpan delay);
}
