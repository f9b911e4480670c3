using System;
using System.IO;
using System.Runtime.InteropServices;

namespace Membrane.Client.Authentication.Stored;

/// <summary>Where the credentials file of the present user is.</summary>
internal static class CredentialPlace
{
    /// <summary>The folder in the home folder.</summary>
    public const string FolderName = ".membrane";

    private const string FileName = "credentials.json";

    /// <summary>The file, or null where the user has no home folder and no variable names one.</summary>
    /// <exception cref="MembraneInputException">The variable holds no whole path.</exception>
    public static string? Find() =>
        Find(
            Environment.GetEnvironmentVariable,
            RuntimeInformation.IsOSPlatform(OSPlatform.Windows),
            static () => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify)
        );

    /// <summary>The same, for any environment.</summary>
    /// <param name="variable">The value of an environment variable.</param>
    /// <param name="isWindows">Whether the system is Windows.</param>
    /// <param name="profile">The home folder that the system knows.</param>
    public static string? Find(Func<string, string?> variable, bool isWindows, Func<string> profile)
    {
        if (variable("MEMBRANE_HOME") is { } folder && folder.Trim().Length > 0)
        {
            return Path.IsPathRooted(folder)
                ? Path.Combine(folder, FileName)
                : throw new MembraneInputException(
                    ErrorIds.InvalidInput,
                    "MEMBRANE_HOME",
                    $"The environment variable MEMBRANE_HOME holds no whole path: '{folder}'.",
                    "Set it to the whole path of a folder, or remove it."
                );
        }

        // The CLI, with whom the file is shared, asks there for this variable first (os.homedir of Node.js); .NET does not.
        var home = isWindows ? variable("USERPROFILE") : null;
        home = string.IsNullOrEmpty(home) ? profile() : home;
        return string.IsNullOrEmpty(home) ? null : Path.Combine(home, FolderName, FileName);
    }
}
