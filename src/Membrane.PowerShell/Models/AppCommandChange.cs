using Membrane.Client.NativeCommands;

namespace Membrane;

/// <summary>What is different in a module of Export-MembraneApp since it was made.</summary>
public sealed class AppCommandChange : MembraneModel
{
    internal AppCommandChange(CommandChange change)
    {
        Change = change.Kind;
        Command = change.Command;
        Action = change.Action;
        Parameter = change.Parameter;
        Before = change.Before;
        After = change.After;
    }

    /// <summary>What happened: Added, Removed or Changed.</summary>
    public string Change { get; }

    /// <summary>The command.</summary>
    public string Command { get; }

    /// <summary>The action behind it, by key or id.</summary>
    public string Action { get; }

    /// <summary>The parameter; empty where the command itself or its output is meant.</summary>
    public string? Parameter { get; }

    /// <summary>What it took or emitted before; empty where it was not there.</summary>
    public string? Before { get; }

    /// <summary>What it takes or emits now; empty where it is there no more.</summary>
    public string? After { get; }

    /// <summary>The change in a few words.</summary>
    public override string ToString() => $"{Change} {Command}{(Parameter is null ? string.Empty : " -" + Parameter)}";
}
