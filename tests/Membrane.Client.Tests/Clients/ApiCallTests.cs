using System;
using System.Collections.Generic;
using Membrane.Client.Json;
using Xunit;

namespace Membrane.Client.Tests.Clients;

public sealed class ApiCallTests
{
    [Theory]
    [InlineData("path", "url")]
    [InlineData("Path", "Url")]
    [InlineData("Path", "path")]
    [InlineData("Body", "data")]
    [InlineData("Method", "METHOD")]
    public void What_is_given_twice_is_refused_in_any_case(string one, string other)
    {
        var value = new Dictionary<string, object?> { [one] = "/a", [other] = "/b" };

        var error = Assert.Throws<MembraneInputException>(() => ApiCall.Read(value, DictionaryObjectAdapter.Instance));

        Assert.Contains($"twice, as '{one}' and as '{other}'", error.Message, StringComparison.Ordinal);
    }
}
