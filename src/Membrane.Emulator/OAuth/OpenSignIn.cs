using System;

namespace Membrane.Emulator.OAuth;

/// <summary>A sign-in that a person has begun.</summary>
/// <param name="ClientId">The id of the program that asks for it.</param>
/// <param name="ClientName">The name of that program, as it says itself.</param>
/// <param name="State">What the program wants to have back.</param>
/// <param name="Challenge">What the program will prove to know.</param>
/// <param name="Path">The path and query of the page.</param>
/// <param name="Since">When the page was opened.</param>
internal sealed record OpenSignIn(string ClientId, string ClientName, string? State, string Challenge, string Path, DateTimeOffset Since);
