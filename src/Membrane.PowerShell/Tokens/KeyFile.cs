using System;
using System.IO;
using System.Management.Automation;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Tokens;

/// <summary>Keys in files.</summary>
internal static class KeyFile
{
    /// <exception cref="MembraneInputException">The file cannot be read.</exception>
    public static string Read(PSCmdlet caller, string path, string parameterName)
    {
        var resolved = FilePath.Resolve(caller, path, parameterName);
        try
        {
            return File.ReadAllText(resolved);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                parameterName,
                $"The key in '{resolved}' cannot be read: {exception.Message}",
                "Check the path and the rights to the file.",
                exception
            );
        }
    }
}
