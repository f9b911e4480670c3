namespace Membrane.Emulator.Streams;

/// <summary>What an event is about: an element, by its type and id.</summary>
internal sealed record ElementEvent(string Type, string Id);
