using System;

namespace Membrane;

/// <summary>A sign-in that was begun: a person opens the address, and Complete-MembraneLogin takes the code that the page shows.</summary>
public sealed class PendingLogin
{
    internal PendingLogin(string name, Uri url)
    {
        Name = name;
        Url = url;
    }

    /// <summary>The name of the context that it is going to be.</summary>
    public string Name { get; }

    /// <summary>The page on which the person signs in, on any machine.</summary>
    public Uri Url { get; }

    /// <summary>The address of the API.</summary>
    public Uri ApiUri { get; internal set; } = null!;

    /// <summary>Until when the code is taken.</summary>
    public DateTimeOffset ExpiresAt { get; internal set; }

    /// <summary>What to run with the code.</summary>
    public string NextStep =>
        Name == "default"
            ? "Complete-MembraneLogin -Code <code>"
            : $"Complete-MembraneLogin -Code <code> -Name '{Name.Replace("'", "''")}'";

    /// <summary>The page.</summary>
    public override string ToString() => Url.AbsoluteUri;
}
