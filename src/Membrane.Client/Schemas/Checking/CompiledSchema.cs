namespace Membrane.Client.Schemas.Checking;

/// <summary>What a check needs of a compiled schema. Does not change.</summary>
internal sealed class CompiledSchema(SchemaNode root, int nodeCount, bool usesDynamicReferences)
{
    public SchemaNode Root { get; } = root;

    public int NodeCount { get; } = nodeCount;

    public bool UsesDynamicReferences { get; } = usesDynamicReferences;
}
