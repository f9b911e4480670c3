using System.Text.Json;

namespace Membrane.Client.Transport;

/// <summary>Reads the body of an answer, which the reader is at the beginning of, to its end.</summary>
internal delegate T ReadBody<T>(ref Utf8JsonReader reader);
