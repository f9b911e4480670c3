using System;
using System.IO;

namespace Membrane.Client.Transport;

/// <summary>An answer, or the way to it, is not what a request relies on. The text is our own, and quotes nothing of the answer.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="exception">What the framework says of it; nothing that quotes.</param>
internal sealed class AnswerException(string message, Exception? exception = null) : IOException(message, exception);
