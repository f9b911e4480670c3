using System;
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

        return Chosen is not null || (Interactivity.HasPerson(host) && !IsRemote && Usual is not null);
    }

    /// <summary>Opens a page; false where that fails at once.</summary>
    public static bool TryOpen(Uri page)
    {
        if (page.Scheme != Uri.UriSchemeHttps && page.Scheme != Uri.UriSchemeHttp)
        {
            throw new ArgumentException("Only web pages are opened.", nameof(page));
        }

        try
        {
            using var started = Process.Start(MakeStart(page.AbsoluteUri));
            return RuntimeInformation.IsOSPlatform(OSPlatform.Windows)
                || (started is not null && !(started.WaitForExit((int)StartTimeout.TotalMilliseconds) && started.ExitCode != 0));
        }
        catch (Exception exception) when (exception is Win32Exception or FileNotFoundException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool IsRemote => HasVariable("SSH_CONNECTION") || HasVariable("SSH_CLIENT") || HasVariable("SSH_TTY");

    // What the person has chosen, as other programs understand it: the first of a list parted by colons.
    private static string? Chosen =>
        Environment.GetEnvironmentVariable("BROWSER")?.Split(':').FirstOrDefault(static word => word.Length > 0);

    private static string? Usual =>
        RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? "open"
        : (HasVariable("DISPLAY") || HasVariable("WAYLAND_DISPLAY")) && IsOnPath("xdg-open") ? "xdg-open"
        : null;

    private static ProcessStartInfo MakeStart(string address)
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            return new ProcessStartInfo(address) { UseShellExecute = true };
        }

        // By way of the shell, so that what the browser has to say does not end up in this console. The address has no
        // character left that a shell or an argument list gives a meaning: it is escaped, and passed on as a parameter.
        var command = (Chosen ?? Usual ?? "xdg-open").Replace("\"", string.Empty);
        return new ProcessStartInfo(
            "/bin/sh",
            $"-c \"exec \\\"$0\\\" \\\"$1\\\" >/dev/null 2>&1 </dev/null\" \"{command}\" \"{address.Replace("\"", "%22")}\""
        )
        {
            UseShellExecute = false,
        };
    }

    private static bool HasVariable(string name) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name));

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator)
            .Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, program)));
}
