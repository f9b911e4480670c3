namespace Membrane.Client.Authentication.OAuth;

/// <summary>What a person's sign-in is good for: the one value of the OAuth parameter <c>scope</c>.</summary>
internal enum OAuthScope
{
    /// <summary><c>tenant</c>: one tenant of one workspace, which the person chooses while signing in.</summary>
    Tenant,

    /// <summary><c>platform-user</c>: the person's account, with all its workspaces.</summary>
    PlatformUser,
}
