using System;

namespace Membrane.Client.Transport;

/// <summary>A body is longer than the client takes.</summary>
internal sealed class ResponseTooLargeException : Exception;
