using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace Membrane.PowerShell.Common;

/// <summary>A word that Tab offers.</summary>
/// <param name="value">The value of the parameter.</param>
/// <param name="hint">What it means; null where the value says it.</param>
/// <param name="names">What else a person may have typed to find it.</param>
internal sealed class CompletionWord(string value, string? hint, params string?[] names)
{
    private const int MaxHintLength = 300;

    private static readonly char[] Breaks = [' ', '-', '_', '.', '/'];

    /// <summary>The value of the parameter.</summary>
    public string Value { get; } = value;

    /// <summary>The value and the other names.</summary>
    public IEnumerable<string> Names => names.OfType<string>().Prepend(Value);

    /// <summary>Returns whether the value or another name begins with the text.</summary>
    public bool StartsWith(string text) => Names.Any(name => name.StartsWith(text, StringComparison.OrdinalIgnoreCase));

    /// <summary>Returns whether a word within the value or another name begins with the text.</summary>
    public bool HasWord(string text) =>
        Names.Any(name => name.Split(Breaks).Any(word => word.StartsWith(text, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Returns the word as the engine takes it.</summary>
    /// <param name="text">The value as it is written in the line.</param>
    /// <param name="type">What it is there.</param>
    public CompletionResult ToResult(string text, CompletionResultType type = CompletionResultType.ParameterValue) =>
        new(text, ShownText.OfLine(Value), type, ShownText.OfLine(string.IsNullOrEmpty(hint) ? Value : hint!, MaxHintLength));
}
