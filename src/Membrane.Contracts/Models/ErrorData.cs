using System;

namespace Membrane;

/// <summary>An error as the service describes it: the body of an error answer and the value of error fields.</summary>
public class ErrorData : MembraneModel
{
    /// <summary>
    /// The kind: bad_request, connection, configuration, dependency_error, flow_run, flow_instance_setup,
    /// concurrency, internal, action_run, action_instance_setup, unit_run, custom_code, insufficient_credit or
    /// openrouter_not_configured.
    /// </summary>
    public string? Type { get; internal set; }

    /// <summary>The key within the kind, such as not_found or connection_is_defunct.</summary>
    public string? Key { get; internal set; }

    /// <summary>The text for people.</summary>
    public string? Message { get; internal set; }

    /// <summary>More facts; their shape depends on the kind.</summary>
    public object? Data { get; internal set; }

    /// <summary>The error behind this one.</summary>
    public ErrorData? CausedByError { get; internal set; }

    /// <summary>The stack trace, where the service sends one.</summary>
    public object? Stack { get; internal set; }

    /// <summary>Log entries, where the service sends some.</summary>
    public object? Logs { get; internal set; }

    /// <summary>The message, and the causes behind it.</summary>
    public override string ToString() =>
        CausedByError?.ToString() is not { } cause ? Text
        : Says(cause, Text) ? cause
        : Says(Text, cause) ? Text
        : Text + " Caused by: " + cause;

    private string Text => Message ?? Key ?? Type ?? "unknown error";

    // Many a service puts the text of the cause into its own.
    private static bool Says(string text, string part)
    {
        part = part.TrimEnd('.', ' ');
        var start = text.IndexOf(part, StringComparison.OrdinalIgnoreCase);
        var end = start + part.Length;
        return start >= 0
            && (start == 0 || !char.IsLetterOrDigit(text[start - 1]))
            && (end == text.Length || !char.IsLetterOrDigit(text[end]));
    }
}
