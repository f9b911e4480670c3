using System;

namespace Membrane.Emulator.Authentication.OAuth;

/// <summary>A code on its way from the browser to the program.</summary>
internal sealed class IssuedCode
{
    public IssuedCode(Consent consent, string redirectUri, string challenge, DateTimeOffset endsAt)
    {
        Consent = consent;
        RedirectUri = redirectUri;
        Challenge = challenge;
        EndsAt = endsAt;
    }

    public Consent Consent { get; }

    public string RedirectUri { get; }

    public string Challenge { get; }

    public DateTimeOffset EndsAt { get; }

    /// <summary>The grant it was exchanged for; null while it was not.</summary>
    public string? GrantId { get; set; }
}
