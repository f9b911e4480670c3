namespace Membrane.Emulator.OAuth;

/// <summary>What a person has agreed to.</summary>
/// <param name="ClientId">To which program.</param>
/// <param name="Scope"><c>platform-user</c> or <c>tenant</c>.</param>
/// <param name="Email">Who.</param>
/// <param name="TenantKey">For which tenant; null for none, with <c>platform-user</c> only.</param>
internal sealed record Consent(string ClientId, string Scope, string Email, string? TenantKey);
