using System;

namespace Membrane.Emulator.OAuth;

/// <summary>A code on its way from the browser to the program.</summary>
internal sealed class IssuedCode(Consent consent, string redirectUri, string challenge, DateTimeOffset endsAt)
{
    public Consent Consent { get; } = consent;

    public string RedirectUri { get; } = redirectUri;

    public string Challenge { get; } = challenge;

    public DateTimeOffset EndsAt { get; } = endsAt;

    /// <summary>The grant it was exchanged for; null while it was not.</summary>
    public string? GrantId { get; set; }
}
