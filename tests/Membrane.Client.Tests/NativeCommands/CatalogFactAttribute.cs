using System;
using Xunit;

namespace Membrane.Client.Tests.NativeCommands;

/// <summary>A test on a catalog of real apps, which is not in this repository: MEMBRANE_CATALOG names the file.</summary>
public sealed class CatalogFactAttribute : FactAttribute
{
    public CatalogFactAttribute()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("MEMBRANE_CATALOG")))
        {
            Skip = "MEMBRANE_CATALOG names no catalog.";
        }
    }
}
