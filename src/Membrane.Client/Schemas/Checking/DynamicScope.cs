using System;
using System.Collections.Generic;

namespace Membrane.Client.Schemas.Checking;

/// <summary>A schema resource as a check sees it: its identity, and the targets of <c>$dynamicRef</c> in it.</summary>
internal sealed class DynamicScope
{
    /// <summary>The compiled schemas of the dynamic anchors.</summary>
    public Dictionary<string, SchemaNode> Nodes { get; } = new(StringComparer.Ordinal);
}
