using System;

namespace Membrane.Emulator.Server;

/// <summary>A request that is not HTTP, or more of it than the server takes.</summary>
internal sealed class BadHttpException(int status, string message) : Exception(message)
{
    public int Status { get; } = status;
}
