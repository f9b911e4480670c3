using System;
using System.Linq;
using System.Management.Automation.Host;

namespace Membrane.PowerShell.Common;

/// <summary>Tells whether a person uses this session.</summary>
internal static class Interactivity
{
    /// <summary>
    /// Returns whether another program takes what the console shows, warnings included, while a person still sees its errors: as in
    /// <c>$key = pwsh -Command '...'</c>.
    /// </summary>
    public static bool IsOutputTaken(PSHost host) => host.Name == "ConsoleHost" && Console.IsOutputRedirected && !Console.IsErrorRedirected;

    /// <summary>False in runbooks, jobs, services, with -NonInteractive, and where the host has no screen.</summary>
    public static bool HasPerson(PSHost host)
    {
        if (
            !Environment.UserInteractive
            || host.UI?.RawUI is null
            || host.Name is "ServerRemoteHost" or "Default Host" or "Microsoft Azure Automation Host"
        )
        {
            return false;
        }

        return !Environment
            .GetCommandLineArgs()
            .Any(static argument =>
                argument.Length > 4
                && (argument[0] is '-' or '/')
                && "NonInteractive".StartsWith(argument.TrimStart('-', '/'), StringComparison.OrdinalIgnoreCase)
            );
    }
}
