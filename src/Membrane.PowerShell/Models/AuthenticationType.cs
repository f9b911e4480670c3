namespace Membrane;

/// <summary>How a context proves who it is.</summary>
public enum AuthenticationType
{
    /// <summary>A token that was given, used as it is.</summary>
    Token,

    /// <summary>Tokens signed here with the workspace's key and secret.</summary>
    WorkspaceSecret,

    /// <summary>Tokens signed here with a private key whose public half is registered in the workspace.</summary>
    PrivateKey,

    /// <summary>A stored sign-in of a person, refreshed when it expires.</summary>
    SignIn,

    /// <summary>Tokens that a script block supplies.</summary>
    ScriptBlock,
}
