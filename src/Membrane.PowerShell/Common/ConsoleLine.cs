using System.Management.Automation;

namespace Membrane.PowerShell.Common;

/// <summary>
/// A line for a console, as Write-Host makes it: the host writes it as it is. In the information stream, and so in files and variables, it
/// is text without escape sequences.
/// </summary>
internal sealed class ConsoleLine : HostInformationMessage
{
    /// <summary>Marks what hosts show at once.</summary>
    public const string HostTag = "PSHOST";

    private readonly string text;

    /// <param name="text">The text.</param>
    /// <param name="shown">The text as a terminal takes it; null for the same.</param>
    public ConsoleLine(string text, string? shown = null)
    {
        this.text = text;
        Message = shown ?? text;
    }

    /// <summary>The text.</summary>
    public override string ToString() => text;
}
