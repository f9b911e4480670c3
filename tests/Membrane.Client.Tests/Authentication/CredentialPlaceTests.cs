using System;
using System.Collections.Generic;
using System.IO;
using Membrane.Client.Authentication.Stored;
using Xunit;

namespace Membrane.Client.Tests.Authentication;

public sealed class CredentialPlaceTests
{
    private static readonly string Root = Path.GetPathRoot(Path.GetTempPath())!;

    private readonly Dictionary<string, string?> variables = [];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void It_is_in_the_home_folder_that_the_system_knows(bool isWindows) =>
        Assert.Equal(Path.Combine(Root, "profile", ".membrane", "credentials.json"), Find(isWindows));

    [Fact]
    public void On_Windows_the_variable_comes_before_that_as_for_the_CLI()
    {
        variables["USERPROFILE"] = Path.Combine(Root, "other");
        Assert.Equal(Path.Combine(Root, "other", ".membrane", "credentials.json"), Find(isWindows: true));
        Assert.Equal(Path.Combine(Root, "profile", ".membrane", "credentials.json"), Find(isWindows: false));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_variable_of_the_vendor_names_the_folder_itself(bool isWindows)
    {
        variables["USERPROFILE"] = Path.Combine(Root, "other");
        variables["MEMBRANE_HOME"] = Path.Combine(Root, "mine");
        Assert.Equal(Path.Combine(Root, "mine", "credentials.json"), Find(isWindows));
        variables["MEMBRANE_HOME"] = " ";
        Assert.Contains(".membrane", Find(isWindows), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_depends_on_the_location_is_refused()
    {
        variables["MEMBRANE_HOME"] = "mine";
        Assert.Equal("MEMBRANE_HOME", Assert.Throws<MembraneInputException>(() => Find(isWindows: false)).ParameterName);
    }

    [Fact]
    public void Without_a_home_there_is_none() =>
        Assert.Null(CredentialPlace.Find(static _ => null, isWindows: true, static () => string.Empty));

    private string? Find(bool isWindows) =>
        CredentialPlace.Find(name => variables.GetValueOrDefault(name), isWindows, static () => Path.Combine(Root, "profile"));
}
