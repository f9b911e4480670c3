using System;
using System.Linq;
using System.Management.Automation.Host;

namespace Membrane.PowerShell.Common;

/// <summary>Tells whether a person uses this session.</summary>
internal static class Interactivity
{
    /// <summary>The name of the host that pwsh and powershell are.</summary>
    public const string ConsoleHost = "ConsoleHost";

    /// <summary>
    /// Returns whether another program takes what the console shows, warnings included, as in <c>$key = pwsh -Command '...'</c>.
    /// </summary>
    public static bool IsOutputTaken(PSHost host) => host.Name == ConsoleHost && Console.IsOutputRedirected;

    /// <summary>
    /// Returns whether standard error is CLIXML, as in <c>pwsh { ... }</c> within PowerShell, which reads all streams from there: other
    /// text would damage them.
    /// </summary>
    public static bool IsErrorXml(PSHost host)
    {
        if (!IsOutputTaken(host))
        {
            return false;
        }

        var arguments = Environment.GetCommandLineArgs();
        return arguments.Skip(1).Any(static argument => IsSwitch(argument, "EncodedCommand", 1) || IsSwitch(argument, "ec", 2))
            || arguments
                .Skip(1)
                .Zip(arguments.Skip(2), static (name, value) => (name, value))
                .Any(static pair =>
                    (IsSwitch(pair.name, "OutputFormat", 1) || IsSwitch(pair.name, "of", 2))
                    && pair.value.Equals("xml", StringComparison.OrdinalIgnoreCase)
                );
    }

    /// <summary>Returns whether a person can answer a question.</summary>
    public static bool CanAnswer(PSHost host) => HasPerson(host) && !(host.Name == ConsoleHost && Console.IsInputRedirected);

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

        return !Environment.GetCommandLineArgs().Any(static argument => IsSwitch(argument, "NonInteractive", 4));
    }

    // As the host reads its command line: a switch may be cut short.
    private static bool IsSwitch(string argument, string name, int shortest) =>
        argument.Length > shortest
        && argument[0] is '-' or '/'
        && argument.TrimStart('-', '/') is { } word
        && word.Length >= shortest
        && name.StartsWith(word, StringComparison.OrdinalIgnoreCase);
}
