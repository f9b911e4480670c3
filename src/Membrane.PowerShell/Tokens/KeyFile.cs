using System;
using System.IO;
using System.Management.Automation;
using Membrane.Client.Files;
using Membrane.Client.Tokens;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Tokens;

/// <summary>Keys in files.</summary>
internal static class KeyFile
{
    private const int MaxMegabytes = 1;

    /// <exception cref="MembraneInputException">The file cannot be read.</exception>
    public static string Read(PSCmdlet caller, string path, string parameterName)
    {
        var resolved = FilePath.Resolve(caller, path, parameterName);
        try
        {
            var key = KeyText.OfFile(WholeFile.Read(resolved, MaxMegabytes));
            return string.IsNullOrWhiteSpace(key) ? throw new IOException("It is empty.") : key;
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
