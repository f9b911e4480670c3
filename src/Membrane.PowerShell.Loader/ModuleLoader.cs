using System;
using System.IO;
using System.Linq;
using System.Reflection;

namespace Membrane.PowerShell.Loader;

/// <summary>Loads the module so that its dependencies meet nobody else's.</summary>
public static class ModuleLoader
{
    private const string CmdletAssembly = "Membrane.PowerShell";

    private static readonly object Gate = new();
    private static Assembly? loaded;
    private static string loadedFolder = string.Empty;

    /// <summary>
    /// The assembly with the cmdlets, loaded once however often it is asked for. A second copy with the same files, in another
    /// folder, is answered with the first one; a second copy with other files is refused.
    /// </summary>
    /// <param name="folder">The folder of one build of the module.</param>
    /// <exception cref="InvalidOperationException">Another copy of the module is loaded in this process.</exception>
    public static Assembly Load(string folder)
    {
        lock (Gate)
        {
            string path = Path.GetFullPath(folder);
            if (loaded is null)
            {
                loaded = Isolation.Load(path, CmdletAssembly);
                loadedFolder = path;
            }
            else if (path != loadedFolder && !HaveSameFiles(path, loadedFolder))
            {
                throw new InvalidOperationException(Refusal(loaded, path));
            }

            return loaded;
        }
    }

    internal static string Refusal(Assembly present, string folder) =>
        $"Version {present.GetName().Version} of the module Membrane is already loaded in this process, from '{present.Location}'. " +
        $"A process holds one copy: start a new session to use the one in '{folder}'.";

    private static bool HaveSameFiles(string folder, string other) => Directory.GetFiles(folder, "Membrane.*.dll").All(file => IsSame(file, Path.Combine(other, Path.GetFileName(file))));

    private static bool IsSame(string file, string other) => File.Exists(other) && File.ReadAllBytes(file).SequenceEqual(File.ReadAllBytes(other));
}
