using System;
using System.Management.Automation;

namespace Membrane.PowerShell.Common;

/// <summary>Paths as the session means them.</summary>
internal static class FilePath
{
    /// <summary>The whole path in the file system; what is there is not looked at.</summary>
    /// <param name="command">The command, whose session has locations and drives.</param>
    /// <param name="path">The path, whole or from the present location.</param>
    /// <param name="parameterName">The parameter that it is the value of.</param>
    /// <exception cref="MembraneInputException">It is none of the file system.</exception>
    public static string Resolve(PSCmdlet command, string path, string parameterName)
    {
        try
        {
            var resolved = command.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            return provider.Name == "FileSystem" ? resolved : throw Refuse($"it is one of the provider {provider.Name}.", null);
        }
        catch (Exception exception)
            when (exception
                    is SessionStateException
                        or ProviderInvocationException
                        or PSInvalidOperationException
                        or PSArgumentException
                        or NotSupportedException
            )
        {
            throw Refuse(exception.Message, exception);
        }

        MembraneInputException Refuse(string why, Exception? exception) =>
            new(
                ErrorIds.InvalidInput,
                parameterName,
                $"'{path}' is no path of the file system: {why}",
                $"Pass with -{parameterName} a path such as ./name.",
                exception
            );
    }
}
