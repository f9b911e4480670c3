using System;
using System.Collections.Generic;

namespace Membrane.Client.Schemas.Checking;

/// <summary>What a check needs of a resource: which one it is, and where <c>$dynamicRef</c> may lead in it.</summary>
internal sealed class DynamicScope
{
    /// <summary>The compiled schemas of the dynamic anchors.</summary>
    public Dictionary<string, SchemaNode> Nodes { get; } = new(StringComparer.Ordinal);
}
