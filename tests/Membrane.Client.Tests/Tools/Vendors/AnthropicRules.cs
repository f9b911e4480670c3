using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Membrane.Client.Tests.Tools.Vendors;

/// <summary>What Claude refuses, and every client of MCP with Claude behind it.</summary>
internal static class AnthropicRules
{
    private static readonly Regex PropertyName = new("^[a-zA-Z0-9_.-]{1,64}$");

    public static IEnumerable<string> Faults(JsonObject parameters) =>
        Written
            .All(parameters)
            .SelectMany(static one =>
                (one.Schema["properties"] as JsonObject ?? [])
                    .Select(static property => property.Key)
                    .Where(static name => !PropertyName.IsMatch(name))
                    .Select(name => $"property name: '{name}' at {one.Place}")
            );
}
