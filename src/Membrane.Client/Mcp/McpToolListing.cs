using System;
using System.Text.Json.Nodes;
using Membrane.Client.Json;
using Membrane.Client.Tools;
using Membrane.Client.Tools.Schemas;

namespace Membrane.Client.Mcp;

/// <summary>The tools at one time.</summary>
internal sealed class McpToolListing
{
    /// <param name="tools">The tools.</param>
    /// <param name="services">What they need to run. What these remember of actions is no older than the tools.</param>
    /// <param name="readAt">When the reading began.</param>
    public McpToolListing(Toolbox tools, ToolServices services, TimeSpan readAt)
    {
        Tools = tools;
        Services = services;
        ReadAt = readAt;
        var writer = new ToolWriter(ToolDialect.Mcp, isStrict: false);
        var written = new JsonArray();
        foreach (var tool in tools.Tools)
        {
            var one = writer.Write(tool);
            if (tool.Output is { } output)
            {
                one["outputSchema"] = output.Schema.DeepClone();
            }

            written.Add((JsonNode)one);
        }

        Text = written.ToJsonString();
    }

    /// <summary>The tools.</summary>
    public Toolbox Tools { get; }

    /// <summary>What they need to run.</summary>
    public ToolServices Services { get; }

    /// <summary>When the reading began.</summary>
    public TimeSpan ReadAt { get; }

    /// <summary>The tools as the protocol lists them, in JSON: by this it is seen that they are others.</summary>
    public string Text { get; }

    /// <summary>The tools as the protocol lists them.</summary>
    public JsonNode Write() => JsonNode.Parse(Text, null, JsonNodes.DeepEnough)!;
}
