using System;
using System.Management.Automation;
using Membrane.PowerShell.QRCodes;

namespace Membrane.PowerShell.Common;

/// <summary>
/// What a command has to say to the person at the console, beside its output. It is never among what another program reads of
/// <c>pwsh -Command</c>: there it goes to standard error. Each address is on a line of its own, which no host breaks, as it does with those
/// of warnings.
/// </summary>
internal sealed class PersonOutput(MembraneCommand command)
{
    /// <summary>Whether what is said is seen at once: on the screen of a console, or in its standard error.</summary>
    public bool IsSeen =>
        command.Host.Name == Interactivity.ConsoleHost ? !Interactivity.IsErrorXml(command.Host) : Interactivity.HasPerson(command.Host);

    /// <summary>Whether another program reads the output.</summary>
    public bool IsTaken { get; } = Interactivity.IsOutputTaken(command.Host);

    /// <summary>Says what is good to know: in the information stream, and on a screen.</summary>
    public void Say(string text) => Write(ShownText.Of(text), null);

    /// <summary>Says which page a person has to open: on the screen, or else in a warning.</summary>
    /// <param name="text">What for.</param>
    /// <param name="address">The address of the page.</param>
    /// <param name="hasQRCode">Whether to show it as a QR code, too.</param>
    public void SayPage(string text, string address, bool hasQRCode = false)
    {
        if (!IsSeen)
        {
            command.WriteWarning($"{text} {address}");
            return;
        }

        SayOpenPage(text, address);
        if (hasQRCode)
        {
            ShowCode(address);
        }
    }

    /// <summary>Says which page a browser shows.</summary>
    public void SayOpenPage(string text, string address)
    {
        SayNow(text);
        Write(ShownText.OfLine(address), new TerminalLink(command.Host).Make(address));
        Tell(ShownText.OfLine(address));
    }

    /// <summary>Asks the person for a line; null where none comes.</summary>
    public string? Ask(string prompt)
    {
        if (IsTaken)
        {
            Console.Error.Write(prompt);
        }
        else
        {
            command.Host.UI.Write(prompt);
        }

        return command.Host.UI.ReadLine();
    }

    /// <summary>Says what has to be read now.</summary>
    public void SayNow(string text)
    {
        Write(ShownText.Of(text), null);
        Tell(ShownText.Of(text));
    }

    private void ShowCode(string address)
    {
        var hasColors = !IsTaken && command.Host.UI.SupportsVirtualTerminal && TerminalLink.HasColors;
        if (QRPicture.Draw(address, Width, hasColors: false) is not { } plain)
        {
            SayNow("The address is too long for a QR code that fits on this screen. A wider window may show it.");
            return;
        }

        var shown = hasColors ? QRPicture.Draw(address, Width, hasColors) : null;
        for (var index = 0; index < plain.Count; index++)
        {
            Write(plain[index], shown?[index]);
            Tell(plain[index]);
        }
    }

    // Where no one can say, as where the output is a pipe, a person looks at it elsewhere.
    private int Width => IsTaken || command.Host.UI.RawUI.WindowSize.Width is not (> 0 and var width) ? int.MaxValue : width;

    private void Write(string text, string? shown) =>
        command.WriteInformation(new ConsoleLine(text, shown), IsTaken ? [] : [ConsoleLine.HostTag]);

    private void Tell(string text)
    {
        if (IsTaken && IsSeen && !IsSilenced)
        {
            Console.Error.WriteLine(text);
        }
    }

    private bool IsSilenced =>
        command.MyInvocation.BoundParameters.TryGetValue("InformationAction", out var action)
        && action is ActionPreference.Ignore or ActionPreference.SilentlyContinue;
}
