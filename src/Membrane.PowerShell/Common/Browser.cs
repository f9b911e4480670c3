using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation.Host;
using System.Runtime.InteropServices;

namespace Membrane.PowerShell.Common;

/// <summary>Opens a page for the person at this machine, if there is one.</summary>
internal static class Browser
{
    private static readonly string[] RemoteSigns = ["SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY", "CI", "TF_BUILD"];

    /// <summary>Why no browser can be opened for a person; null where one can.</summary>
    public static string? WhyNot(PSHost host)
    {
        string? sign = RemoteSigns.FirstOrDefault(static name => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name)));
        return !Interactivity.HasPerson(host) ? "nobody sits in front of this session"
            : sign is not null ? $"the environment variable {sign} is set"
            : host.Name == "ConsoleHost" && Console.IsInputRedirected ? "the input is redirected"
            : RuntimeInformation.IsOSPlatform(OSPlatform.Linux) && !HasDesktop() ? "there is no desktop"
            : null;
    }

    /// <summary>Opens a page. Only web addresses are opened, so that no answer of a server can start a program.</summary>
    /// <returns>Why it could not be opened; null where it was.</returns>
    public static string? Open(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || !(uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)))
        {
            return "it is no https address";
        }

        ProcessStartInfo start = RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? new ProcessStartInfo(uri.AbsoluteUri) { UseShellExecute = true }
            : new ProcessStartInfo(RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? "open" : "xdg-open", "\"" + uri.AbsoluteUri + "\"")
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
        try
        {
            using Process? process = Process.Start(start);
            return null;
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException or PlatformNotSupportedException)
        {
            return exception.Message;
        }
    }

    private static bool HasDesktop()
    {
        IEnumerable<string> signs = ["DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"];
        return signs.Any(static name => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name)));
    }
}
