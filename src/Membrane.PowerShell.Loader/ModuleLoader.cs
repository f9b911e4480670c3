using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection;

namespace Membrane.PowerShell.Loader;

/// <summary>Loads the module so that its dependencies meet nobody else's.</summary>
public static class ModuleLoader
{
    private const string CmdletAssembly = "Membrane.PowerShell";

    private static readonly object Gate = new();
    private static readonly Dictionary<string, Assembly> Loaded = new(StringComparer.Ordinal);

    /// <summary>The assembly with the cmdlets, loaded once for each folder however often it is asked for.</summary>
    /// <param name="folder">The folder of one build of the module.</param>
    public static Assembly Load(string folder)
    {
        lock (Gate)
        {
            string path = Path.GetFullPath(folder);
            if (!Loaded.TryGetValue(path, out Assembly? assembly))
            {
                assembly = Isolation.Load(path, CmdletAssembly);
                Loaded.Add(path, assembly);
            }

            return assembly;
        }
    }
}
