namespace Membrane;

/// <summary>What is different in a module of Export-MembraneApp since it was made.</summary>
public sealed class AppCommandChange : MembraneModel
{
    /// <summary>What happened: Added, Removed or Changed.</summary>
    public string? Change { get; internal set; }

    /// <summary>The command.</summary>
    public string? Command { get; internal set; }

    /// <summary>The action behind it, by key or id.</summary>
    public string? Action { get; internal set; }

    /// <summary>The parameter; empty where the command itself or its output is meant.</summary>
    public string? Parameter { get; internal set; }

    /// <summary>What it took or emitted before; empty where it was not there.</summary>
    public string? Before { get; internal set; }

    /// <summary>What it takes or emits now; empty where it is there no more.</summary>
    public string? After { get; internal set; }

    /// <summary>The change in a few words.</summary>
    public override string ToString() => $"{Change} {Command}{(Parameter is null ? string.Empty : " -" + Parameter)}";
}
