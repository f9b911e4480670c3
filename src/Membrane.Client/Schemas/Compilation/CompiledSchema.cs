using System;
using Membrane.Client.Schemas.Checking;

namespace Membrane.Client.Schemas.Compilation;

/// <summary>What a check needs of a compiled schema. Does not change.</summary>
internal sealed class CompiledSchema(SchemaNode root, int nodeCount, bool usesDynamicReferences, TimeSpan timeLimit)
{
    public SchemaNode Root { get; } = root;

    public int NodeCount { get; } = nodeCount;

    public bool UsesDynamicReferences { get; } = usesDynamicReferences;

    public TimeSpan TimeLimit { get; } = timeLimit;
}
