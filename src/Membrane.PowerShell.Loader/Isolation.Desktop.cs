#if !NET
using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection;

namespace Membrane.PowerShell.Loader;

/// <summary>
/// Windows PowerShell has no load contexts and no binding redirects: references to another version than the one shipped
/// are answered by name, for a closed list of names, and with our own files only.
/// </summary>
internal static class Isolation
{
    // References of the shipped assemblies whose version is not the shipped one; the closure test keeps this list exact.
    private static readonly HashSet<string> Redirected = new(StringComparer.OrdinalIgnoreCase)
    {
        "System.Memory",
        "System.Runtime.CompilerServices.Unsafe",
    };

    public static Assembly Load(string folder, string cmdletAssembly)
    {
        AppDomain.CurrentDomain.AssemblyResolve += (_, request) =>
            Resolve(folder, new AssemblyName(request.Name), request.RequestingAssembly);
        return Assembly.LoadFrom(Path.Combine(folder, cmdletAssembly + ".dll"));
    }

    private static Assembly? Resolve(string folder, AssemblyName wanted, Assembly? requester)
    {
        var isOurs =
            requester is null
            || (
                !requester.IsDynamic && string.Equals(Path.GetDirectoryName(requester.Location), folder, StringComparison.OrdinalIgnoreCase)
            );
        if (!isOurs || !Redirected.Contains(wanted.Name))
        {
            return null;
        }

        var path = Path.Combine(folder, wanted.Name + ".dll");
        return File.Exists(path) && AssemblyName.GetAssemblyName(path).Version >= wanted.Version ? Assembly.LoadFrom(path) : null;
    }
}
#endif
