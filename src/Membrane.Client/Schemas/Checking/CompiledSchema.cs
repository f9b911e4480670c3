namespace Membrane.Client.Schemas.Checking;

/// <summary>The part of a compiled schema that a check needs. Immutable.</summary>
internal sealed class CompiledSchema(SchemaNode root, int nodeCount, bool usesDynamicReferences)
{
    public SchemaNode Root { get; } = root;

    public int NodeCount { get; } = nodeCount;

    public bool UsesDynamicReferences { get; } = usesDynamicReferences;
}
