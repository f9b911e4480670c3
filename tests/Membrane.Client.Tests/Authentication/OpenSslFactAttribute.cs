using System;
using Xunit;

namespace Membrane.Client.Tests.Authentication;

/// <summary>A test that needs the program openssl. Where it is not installed the test is skipped, but fails in CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OpenSslFactAttribute : FactAttribute
{
    public OpenSslFactAttribute()
    {
        if (!OpenSsl.IsInstalled && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")))
        {
            Skip = "The program openssl is not installed: KEYS WERE NOT TRIED with those that it makes.";
            Console.Error.WriteLine("!! " + Skip);
        }
    }
}
