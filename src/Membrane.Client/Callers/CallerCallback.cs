using System;
using System.Diagnostics;

namespace Membrane.Client.Callers;

/// <summary>Code of the caller that is told what happens.</summary>
internal static class CallerCallback
{
    /// <summary>Reports to <see cref="Trace"/> that it failed. What it was told of has happened, and must not look failed.</summary>
    public static void ReportFailure(string callback, Exception exception) =>
        Trace.TraceError($"{callback} failed; what it was told of goes on. {exception}");
}
