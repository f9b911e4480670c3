using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Management.Automation.Host;
using System.Runtime.InteropServices;

namespace Membrane.PowerShell.Common;

/// <summary>Opens pages in the browser of this machine.</summary>
internal static class Browser
{
    // Long enough for a shell to find out that there is no such program.
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMilliseconds(300);

    /// <summary>
    /// Returns whether a person uses this machine with a browser. The variable BROWSER says that there is one, on Linux and
    /// macOS.
    /// </summary>
    public static bool IsAtHand(PSHost host)
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            return Interactivity.HasPerson(host) && !IsRemote;
        }

        return Chosen.Count > 0 || (Interactivity.HasPerson(host) && !IsRemote && Usual is not null);
    }

    /// <summary>Opens a page; false where that fails at once.</summary>
    public static bool TryOpen(Uri page)
    {
        if (page.Scheme != Uri.UriSchemeHttps && page.Scheme != Uri.UriSchemeHttp)
        {
            throw new ArgumentException("Only web pages are opened.", nameof(page));
        }

        return Commands.Any(command => TryStart(command, page.AbsoluteUri));
    }

    private static bool IsRemote => HasVariable("SSH_CONNECTION") || HasVariable("SSH_CLIENT") || HasVariable("SSH_TTY");

    private static IReadOnlyList<BrowserCommand> Chosen => BrowserCommand.ReadAll(Environment.GetEnvironmentVariable("BROWSER"));

    // On Windows the system knows the browser, and needs no command.
    private static IReadOnlyList<BrowserCommand> Commands =>
        Chosen is { Count: > 0 } chosen && !RuntimeInformation.IsOSPlatform(OSPlatform.Windows)
            ? chosen
            : BrowserCommand.ReadAll(Usual ?? "xdg-open");

    private static string? Usual =>
        RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? "open"
        : (HasVariable("DISPLAY") || HasVariable("WAYLAND_DISPLAY")) && IsOnPath("xdg-open") ? "xdg-open"
        : null;

    private static bool TryStart(BrowserCommand command, string address)
    {
        try
        {
            using var started = Process.Start(
                RuntimeInformation.IsOSPlatform(OSPlatform.Windows)
                    ? new ProcessStartInfo(address) { UseShellExecute = true }
                    : command.Start(address)
            );
            return RuntimeInformation.IsOSPlatform(OSPlatform.Windows)
                || (started is not null && !(started.WaitForExit((int)StartTimeout.TotalMilliseconds) && started.ExitCode != 0));
        }
        catch (Exception exception) when (exception is Win32Exception or FileNotFoundException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool HasVariable(string name) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name));

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator)
            .Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, program)));
}
