using System;
using Xunit;

namespace Membrane.Emulator.Tests.Support;

/// <summary>A test that takes an administrator on Windows, where the system itself listens for HTTP.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ElsewhereThanOnWindowsFactAttribute : FactAttribute
{
    public ElsewhereThanOnWindowsFactAttribute()
    {
        if (OperatingSystem.IsWindows())
        {
            Skip = "Listening for other machines takes an administrator on Windows.";
        }
    }
}
