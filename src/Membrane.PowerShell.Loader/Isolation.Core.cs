#if NET
using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;

namespace Membrane.PowerShell.Loader;

/// <summary>PowerShell 7: one private, named load context for each folder; the contracts alone are visible to scripts.</summary>
internal static class Isolation
{
    private const string ContractsAssembly = "Membrane.Contracts";

    public static Assembly Load(string folder, string cmdletAssembly)
    {
        var contracts = LoadContracts(Path.Combine(folder, ContractsAssembly + ".dll"));
        return new PrivateLoadContext(folder, contracts).LoadFromAssemblyPath(
            MachineCode.Beside(Path.Combine(folder, cmdletAssembly + ".dll"))
        );
    }

    private static Assembly LoadContracts(string path)
    {
        var present = AssemblyLoadContext.Default.Assemblies.FirstOrDefault(static assembly =>
            assembly.GetName().Name == ContractsAssembly
        );
        if (present is null)
        {
            return AssemblyLoadContext.Default.LoadFromAssemblyPath(path);
        }

        var wanted = AssemblyName.GetAssemblyName(path).Version;
        var found = present.GetName().Version;
        return found == wanted ? present : throw new InvalidOperationException(ModuleLoader.Refusal(present, Path.GetDirectoryName(path)!));
    }

    private sealed class PrivateLoadContext(string folder, Assembly contracts) : AssemblyLoadContext("Membrane", isCollectible: false)
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            if (assemblyName.Name == ContractsAssembly)
            {
                return contracts;
            }

            var path = Path.Combine(folder, assemblyName.Name + ".dll");
            if (!File.Exists(path) || IsServedByPlatform(assemblyName.Name!, path))
            {
                return null;
            }

            return LoadFromAssemblyPath(MachineCode.Beside(path));
        }

        // A second copy of a platform assembly would make its types different types, so the platform's serves,
        // unless ours is newer than what this PowerShell brings.
        private static bool IsServedByPlatform(string name, string path)
        {
            var platform = AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? string.Empty;
            var present = platform
                .Split(Path.PathSeparator)
                .FirstOrDefault(file => string.Equals(Path.GetFileNameWithoutExtension(file), name, StringComparison.OrdinalIgnoreCase));
            return present is not null && AssemblyName.GetAssemblyName(path).Version <= AssemblyName.GetAssemblyName(present).Version;
        }
    }
}
#endif
