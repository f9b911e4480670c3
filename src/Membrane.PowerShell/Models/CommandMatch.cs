namespace Membrane;

/// <summary>A command of this module, and what it does the work of.</summary>
public sealed class CommandMatch
{
    internal CommandMatch(string? command, CommandMatchKind kind, string counterpart, string? example)
    {
        Command = command;
        Kind = kind;
        Counterpart = counterpart;
        Example = example;
    }

    /// <summary>The command; empty where there is none.</summary>
    public string? Command { get; }

    /// <summary>What it is the counterpart of.</summary>
    public CommandMatchKind Kind { get; }

    /// <summary>The request, command line, call or address that it does the work of; for words, what it does.</summary>
    public string Counterpart { get; }

    /// <summary>How it is called; ids, keys and texts are to be replaced.</summary>
    public string? Example { get; }

    /// <summary>What is different.</summary>
    public string? Remark { get; internal set; }

    /// <summary>The name of the operation in the published contract.</summary>
    public string? OperationId { get; internal set; }

    /// <summary>The command, and what it does the work of.</summary>
    public override string ToString() => $"{Command} ({Counterpart})";
}
