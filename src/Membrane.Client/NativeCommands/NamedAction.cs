using System;

namespace Membrane.Client.NativeCommands;

/// <summary>What of an action decides the name of its command.</summary>
/// <param name="Id">What tells the action apart from every other.</param>
/// <param name="Key">The key; where there is none the name is used.</param>
/// <param name="Name">The name that people see.</param>
/// <param name="CreatedAt">When it was made: of two that would be called the same the older one keeps the name.</param>
/// <param name="NeedsNothing">Whether it is known to run without any input that says which one is meant.</param>
internal sealed record NamedAction(string Id, string? Key, string? Name, DateTimeOffset? CreatedAt = null, bool NeedsNothing = false);
