using System;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using System.Security;
using Membrane.Client.Tokens;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Tokens;

/// <summary>Shows what a token says of itself: workspace, tenant, expiry, all claims. Nothing is verified, and nothing is sent.</summary>
[Cmdlet(VerbsData.ConvertFrom, "MembraneToken", HelpUri = OnlineHelp.Pages + "ConvertFrom-MembraneToken.md")]
[OutputType(typeof(TokenClaims))]
public sealed class ConvertFromMembraneTokenCommand : MembraneCommand
{
    /// <summary>The token: text, a SecureString, or what New-MembraneToken emits.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [TokenTransformation]
    [ArgumentCompleter(typeof(NoCompleter))]
    public SecureString? Token { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var token = TokenText.Check(Secrets.Reveal(Token!), nameof(Token));
        if (TokenText.IsAccountToken(token))
        {
            WriteObject(new TokenClaims(isAccountToken: true));
            return;
        }

        var header = TokenText.ReadHeader(token) ?? new Dictionary<string, object?>();
        var claims = TokenText.ReadPayload(token)!;
        WriteObject(
            new TokenClaims(isAccountToken: false)
            {
                Algorithm = TokenText.ReadText(header, "alg"),
                WorkspaceKey = TokenText.ReadWorkspaceKey(claims),
                TenantKey =
                    TokenText.ReadText(claims, "tenantKey")
                    ?? (claims.TryGetValue("id", out var id) ? Convert.ToString(id, CultureInfo.InvariantCulture) : null),
                TenantName = TokenText.ReadText(claims, "name"),
                Fields = claims.TryGetValue("fields", out var fields) ? Shown(fields) : null,
                IsManager = TokenText.IsManager(claims),
                IssuedAt = TokenText.ReadTime(claims, "iat"),
                NotBefore = TokenText.ReadTime(claims, "nbf"),
                ExpiresAt = TokenText.ReadTime(claims, "exp"),
                Header = Shown(header),
                Claims = Shown(claims),
            }
        );
    }

    private static object? Shown(object? value)
    {
        switch (value)
        {
            case IReadOnlyDictionary<string, object?> members:
                var shown = new List<KeyValuePair<string, object?>>();
                foreach (var member in members)
                {
                    shown.Add(new KeyValuePair<string, object?>(member.Key, Shown(member.Value)));
                }

                return PowerShellObjectAdapter.Instance.CreateObject(shown);
            case object?[] items:
                return Array.ConvertAll(items, Shown);
            default:
                return value;
        }
    }
}
