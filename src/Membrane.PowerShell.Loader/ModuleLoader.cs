using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;

namespace Membrane.PowerShell.Loader;

/// <summary>Loads the module so that its dependencies do not meet those of other modules.</summary>
public static class ModuleLoader
{
    private const string CmdletAssembly = "Membrane.PowerShell";
    private const string NewBuild = "net8.0";
    private const string OldBuild = "netstandard2.0";

    // For the tests of this module only: take another build than the one that fits.
    private const string BuildVariable = "MEMBRANE_TEST_BUILD";

    private static readonly object Gate = new();
    private static Assembly? loaded;
    private static string loadedFolder = string.Empty;

    /// <summary>
    /// The assembly with the cmdlets, loaded once however often it is asked for. A second copy with the same files, in another
    /// folder, is answered with the first one; a second copy with other files is refused.
    /// </summary>
    /// <param name="folder">The folder with the builds of the module.</param>
    /// <exception cref="InvalidOperationException">Another copy of the module is loaded in this process.</exception>
    public static Assembly Load(string folder)
    {
        lock (Gate)
        {
            var wanted = Environment.GetEnvironmentVariable(BuildVariable);
            var path = Path.GetFullPath(Path.Combine(folder, string.IsNullOrEmpty(wanted) ? FittingBuild : wanted!));
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

    /// <summary>Makes a module export the cmdlets of another, and completes their input.</summary>
    /// <param name="module">The module.</param>
    /// <param name="source">The module that has the cmdlets.</param>
    public static void SetUp(PSModuleInfo module, PSModuleInfo source)
    {
        Export(module, source);
        TabExpansion.Install(module);
    }

    // Import-Module -Force makes a module again, but its assembly is still imported and exports nothing to it (PowerShell issue 20710).
    private static void Export(PSModuleInfo module, PSModuleInfo source)
    {
        var add =
            typeof(PSModuleInfo).GetMethod("AddExportedCmdlet", BindingFlags.Instance | BindingFlags.NonPublic)
            ?? throw new MissingMethodException("This PowerShell has no way to export cmdlets of an assembly that is imported already.");
        foreach (var cmdlet in source.ExportedCmdlets.Values)
        {
            add.Invoke(module, new[] { cmdlet });
        }
    }

    /// <summary>A static method of the assembly with the cmdlets.</summary>
    /// <exception cref="InvalidOperationException">The module is not loaded.</exception>
    internal static T Find<T>(string type, string method)
        where T : Delegate
    {
        var assembly = loaded ?? throw new InvalidOperationException("The module Membrane is not loaded: import it first.");
        return (T)
            Delegate.CreateDelegate(
                typeof(T),
                assembly
                    .GetType(type, throwOnError: true)!
                    .GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)!
            );
    }

#if NET
    // PowerShell 7.4 is the first on .NET 8.
    private static string FittingBuild => Environment.Version.Major >= 8 ? NewBuild : OldBuild;
#else
    private static string FittingBuild => OldBuild;
#endif

    internal static string Refusal(Assembly present, string folder) =>
        $"Version {present.GetName().Version} of the module Membrane is already loaded in this process, from '{present.Location}'. "
        + $"A process holds one copy: start a new session to use the one in '{folder}'.";

    private static bool HaveSameFiles(string folder, string other) =>
        Directory.GetFiles(folder, "Membrane.*.dll").All(file => IsSame(file, Path.Combine(other, Path.GetFileName(file))));

    private static bool IsSame(string file, string other) =>
        File.Exists(other) && File.ReadAllBytes(file).SequenceEqual(File.ReadAllBytes(other));
}
