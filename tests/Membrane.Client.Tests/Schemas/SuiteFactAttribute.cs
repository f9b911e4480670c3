using System;
using Membrane.Client.Schemas.Checking;
using Membrane.Client.Schemas.Reading;
using Xunit;

namespace Membrane.Client.Tests.Schemas;

/// <summary>A test that needs the official suite. Where it is not installed the test is skipped, but fails in CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SuiteFactAttribute : FactAttribute
{
    public SuiteFactAttribute()
    {
        if (!OfficialSuite.IsInstalled && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")))
        {
            Skip = OfficialSuite.HowToInstall;
        }
    }
}
