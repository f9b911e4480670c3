using System;
using Xunit;

namespace Membrane.Emulator.Tests.Support;

/// <summary>A measurement, made only when MEMBRANE_EMULATOR_LOAD is set: it takes a minute and asserts nothing about time.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LoadFactAttribute : FactAttribute
{
    public LoadFactAttribute()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("MEMBRANE_EMULATOR_LOAD")))
        {
            Skip = "Set MEMBRANE_EMULATOR_LOAD=1 to measure.";
        }
    }
}
