using System;
using System.IO;
using System.Reflection;
using System.Runtime.Loader;

namespace Membrane.Neighbours;

/// <summary>A module with bad manners: its handlers answer whoever asks, for whatever is asked.</summary>
public static class GreedyResolver
{
    /// <summary>How often it has answered.</summary>
    public static int Answers { get; private set; }

    /// <summary>
    /// Answers from now on: with a file of its folder whatever version was asked for, and with itself for what it does not have.
    /// </summary>
    /// <param name="folder">The folder with its assemblies, one for each name.</param>
    public static void Install(string folder)
    {
        AssemblyLoadContext.Default.Resolving += (_, wanted) => Own(folder, wanted);
        AppDomain.CurrentDomain.AssemblyResolve += (_, request) => Own(folder, new AssemblyName(request.Name)) ?? Itself();
    }

    private static Assembly? Own(string folder, AssemblyName wanted)
    {
        var path = Path.Combine(folder, wanted.Name + ".dll");
        if (!File.Exists(path))
        {
            return null;
        }

        Answers++;
        return AssemblyLoadContext.Default.LoadFromAssemblyPath(path);
    }

    private static Assembly Itself()
    {
        Answers++;
        return typeof(GreedyResolver).Assembly;
    }
}
