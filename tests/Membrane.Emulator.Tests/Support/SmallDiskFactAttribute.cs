using System;
using Xunit;

namespace Membrane.Emulator.Tests.Support;

/// <summary>A test that fills a disk of its own.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SmallDiskFactAttribute : FactAttribute
{
    public SmallDiskFactAttribute()
    {
        using var disk = OperatingSystem.IsLinux() ? SmallDisk.TryMake(1) : null;
        if (disk is null)
        {
            Skip = "SKIPPED: only root can mount a small disk, on Linux and outside of a container without that right.";
        }
    }
}
