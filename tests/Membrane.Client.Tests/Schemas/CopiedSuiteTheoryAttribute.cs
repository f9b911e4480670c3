using System;
using Xunit;

namespace Membrane.Client.Tests.Schemas;

/// <summary>A test that needs a copy of the official suite with all drafts, which no package has. Without one it is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CopiedSuiteTheoryAttribute : TheoryAttribute
{
    public CopiedSuiteTheoryAttribute()
    {
        if (OfficialSuite.CopyFolder is null)
        {
            Skip =
                "SKIPPED: the required tests of draft-07 and 2020-12 did not run. Set "
                + $"{OfficialSuite.FolderVariable} to a copy of the official JSON Schema test suite.";
        }
    }
}
