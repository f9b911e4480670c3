using System;
using System.Management.Automation;

namespace Membrane.PowerShell.Common;

/// <summary>Resolves paths of the session.</summary>
internal static class FilePath
{
    /// <summary>Returns the full path in the file system. Whether it exists is not checked.</summary>
    /// <param name="command">The command, whose session has locations and drives.</param>
    /// <param name="path">The path, whole or from the present location.</param>
    /// <param name="parameterName">The parameter that it is the value of.</param>
    /// <exception cref="MembraneInputException">It is not a path of the file system.</exception>
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
                $"'{path}' is not a path of the file system: {why}",
                $"Pass with -{parameterName} a path such as ./name.",
                exception
            );
    }
}
