using Membrane.Client.Authentication.OAuth;

namespace Membrane;

/// <summary>What a person's sign-in is good for: the one value of the OAuth parameter <c>scope</c>.</summary>
public enum SignInScope
{
    /// <summary><c>tenant</c>: one tenant of one workspace, which the person chooses while signing in.</summary>
    Tenant = OAuthScope.Tenant,

    /// <summary><c>platform-user</c>: the person's account, with all its workspaces.</summary>
    PlatformUser = OAuthScope.PlatformUser,
}
