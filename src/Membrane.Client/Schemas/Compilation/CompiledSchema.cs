using System;
using Membrane.Client.Schemas.Checking;

namespace Membrane.Client.Schemas.Compilation;

/// <summary>What a check needs of a compiled schema. Does not change.</summary>
internal sealed class CompiledSchema
{
    public CompiledSchema(SchemaNode root, int nodeCount, bool usesDynamicReferences, TimeSpan timeLimit)
    {
        Root = root;
        NodeCount = nodeCount;
        UsesDynamicReferences = usesDynamicReferences;
        TimeLimit = timeLimit;
    }

    public SchemaNode Root { get; }

    public int NodeCount { get; }

    public bool UsesDynamicReferences { get; }

    public TimeSpan TimeLimit { get; }
}
