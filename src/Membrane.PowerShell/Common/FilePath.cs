using System;
using System.Collections.Generic;
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
    public static string Resolve(PSCmdlet command, string path, string parameterName) =>
        Read(
            path,
            parameterName,
            () => (command.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _), provider)
        );

    /// <summary>Returns the full paths of what is there that a pattern finds.</summary>
    /// <param name="command">The command, whose session has locations and drives.</param>
    /// <param name="pattern">The path, with wildcards.</param>
    /// <param name="parameterName">The parameter that it is the value of.</param>
    /// <exception cref="MembraneInputException">It is not a path of the file system, or not a pattern.</exception>
    public static IReadOnlyList<string> Find(PSCmdlet command, string pattern, string parameterName)
    {
        try
        {
            return Read<IReadOnlyList<string>>(
                pattern,
                parameterName,
                () => (command.SessionState.Path.GetResolvedProviderPathFromPSPath(pattern, out var provider), provider)
            );
        }
        catch (MembraneInputException exception) when (exception.InnerException is ItemNotFoundException)
        {
            return [];
        }
    }

    private static T Read<T>(string path, string parameterName, Func<(T Found, ProviderInfo Provider)> find)
    {
        try
        {
            var (found, provider) = find();
            return provider.Name == "FileSystem" ? found : throw Refuse($"it is one of the provider {provider.Name}.", null);
        }
        catch (Exception exception)
            when (exception
                    is SessionStateException
                        or ProviderInvocationException
                        or WildcardPatternException
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
