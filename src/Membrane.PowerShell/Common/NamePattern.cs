using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace Membrane.PowerShell.Common;

/// <summary>A name with wildcards, which is compared without regard to case, in every culture alike.</summary>
internal sealed class NamePattern
{
    private readonly string text;
    private readonly WildcardPattern pattern;

    private NamePattern(string text)
    {
        this.text = text;
        pattern = WildcardPattern.Get(text, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);
    }

    /// <summary>Reads a pattern; null for none.</summary>
    /// <exception cref="MembraneInputException">It is not a pattern.</exception>
    public static NamePattern? Read(string? text, string parameterName) => text is null ? null : ReadEach([text], parameterName)![0];

    /// <summary>Reads patterns; null for none.</summary>
    /// <exception cref="MembraneInputException">One of them is not a pattern.</exception>
    public static NamePattern[]? ReadEach(IEnumerable<string>? texts, string parameterName) =>
        texts
            ?.Select(text =>
            {
                var read = new NamePattern(text);
                try
                {
                    // It is not looked at before it is used.
                    read.pattern.IsMatch(string.Empty);
                    return read;
                }
                catch (WildcardPatternException exception)
                {
                    throw new MembraneInputException(
                        ErrorIds.InvalidInput,
                        parameterName,
                        $"The value of {parameterName} is not a pattern: '{text}' has a [ without its ].",
                        "Put a backtick before each [ and ] that stands for itself.",
                        exception
                    );
                }
            })
            .ToArray();

    /// <summary>Returns whether a name fits. A name that is the text itself does, whatever is in it.</summary>
    public bool IsMatch(string? name) =>
        pattern.IsMatch(name ?? string.Empty) || string.Equals(name, text, StringComparison.OrdinalIgnoreCase);
}
