using System;
using Xunit;

namespace Membrane.Client.Tests.Schemas;

/// <summary>A test that needs the official suite from npm. Where it is not installed the test is skipped, but fails in CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PackagedSuiteFactAttribute : FactAttribute
{
    public PackagedSuiteFactAttribute()
    {
        if (OfficialSuite.PackageFolder is null && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")))
        {
            Skip = "The official JSON Schema tests are not installed. Run 'npm ci' in tests/schema-suite.";
        }
    }
}
