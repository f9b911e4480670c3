using System;
using System.Collections.Generic;
using Membrane.Client.Authentication;
using Xunit;

namespace Membrane.Client.Tests.Authentication;

/// <summary>The only tests that touch the environment of the process; one class, so they run one after the other.</summary>
public sealed class EnvironmentSettingsTests : IDisposable
{
    private static readonly string[] Names =
    [
        "MEMBRANE_TOKEN",
        "MEMBRANE_ACCESS_TOKEN",
        "MEMBRANE_API_URL",
        "MEMBRANE_API_URI",
        "MEMBRANE_WORKSPACE_KEY",
        "MEMBRANE_WORKSPACE_SECRET",
        "MEMBRANE_TENANT_KEY",
        "MEMBRANE_TEST_CUSTOMER_ID",
    ];

    private readonly Dictionary<string, string?> before = [];

    public EnvironmentSettingsTests()
    {
        foreach (var name in Names)
        {
            before[name] = Environment.GetEnvironmentVariable(name);
            Environment.SetEnvironmentVariable(name, null);
        }
    }

    public void Dispose()
    {
        foreach ((var name, var value) in before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    [Fact]
    public void Nothing_set_is_nothing_known()
    {
        var settings = EnvironmentSettings.Read();

        Assert.Null(settings.Token);
        Assert.Null(settings.TokenVariable);
        Assert.Null(settings.ApiUri);
        Assert.Null(settings.WorkspaceKey);
        Assert.Null(settings.WorkspaceSecret);
        Assert.Null(settings.TenantKey);
    }

    [Theory]
    [InlineData("MEMBRANE_TOKEN", "MEMBRANE_ACCESS_TOKEN")]
    public void The_name_of_the_seeds_goes_before_that_of_the_SDK(string first, string second)
    {
        Environment.SetEnvironmentVariable(second, "two");
        Assert.Equal(("two", second), (EnvironmentSettings.Read().Token, EnvironmentSettings.Read().TokenVariable));
        Environment.SetEnvironmentVariable(first, " one ");
        Assert.Equal(("one", first), (EnvironmentSettings.Read().Token, EnvironmentSettings.Read().TokenVariable));
        Environment.SetEnvironmentVariable(first, " ");
        Assert.Equal("two", EnvironmentSettings.Read().Token);
    }

    [Fact]
    public void Workspace_tenant_and_address_are_read()
    {
        Environment.SetEnvironmentVariable("MEMBRANE_WORKSPACE_KEY", "k");
        Environment.SetEnvironmentVariable("MEMBRANE_WORKSPACE_SECRET", "s");
        Environment.SetEnvironmentVariable("MEMBRANE_TEST_CUSTOMER_ID", "customer");
        Environment.SetEnvironmentVariable("MEMBRANE_API_URI", "https://self.example/api");
        var settings = EnvironmentSettings.Read();
        Assert.Equal(("k", "s", "customer"), (settings.WorkspaceKey, settings.WorkspaceSecret, settings.TenantKey));
        Assert.Equal(new Uri("https://self.example/api"), settings.ApiUri);

        Environment.SetEnvironmentVariable("MEMBRANE_TENANT_KEY", "tenant");
        Environment.SetEnvironmentVariable("MEMBRANE_API_URL", "https://other.example");
        settings = EnvironmentSettings.Read();
        Assert.Equal("tenant", settings.TenantKey);
        Assert.Equal(new Uri("https://other.example"), settings.ApiUri);
    }

    [Fact]
    public void An_address_that_is_none_names_its_variable()
    {
        Environment.SetEnvironmentVariable("MEMBRANE_API_URI", "api.getmembrane.com");

        Assert.Equal("MEMBRANE_API_URI", Assert.Throws<MembraneInputException>(EnvironmentSettings.Read).ParameterName);
    }
}
