using System;

namespace Membrane.Client.NativeCommands;

/// <summary>The part of an action that decides the name of its command.</summary>
/// <param name="Id">What tells the action apart from every other.</param>
/// <param name="Key">The key; without one, the name is used.</param>
/// <param name="Name">The name that people see.</param>
/// <param name="CreatedAt">When it was created: of two with the same name, the older one keeps it.</param>
/// <param name="NeedsNothing">Whether it is known to run without any input that identifies an object.</param>
internal sealed record NamedAction(string Id, string? Key, string? Name, DateTimeOffset? CreatedAt = null, bool NeedsNothing = false);
