using System;
using System.IO;
using System.Linq;
using Xunit;

namespace Membrane.PowerShell.Tests;

/// <summary>A test that needs Mono, which stands in for .NET Framework where that cannot be run; it says so where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MonoFactAttribute : FactAttribute
{
    public MonoFactAttribute()
    {
        if (!IsInstalled)
        {
            Skip = "THERE IS NO mono ON THE PATH: the .NET Framework build was not run (Debian: apt-get install mono-devel).";
        }
    }

    private static bool IsInstalled =>
        (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, "mono")));
}
