using Membrane.Client.Json;

namespace Membrane.Client.FieldMappings;

/// <summary>The envelope of mapped values.</summary>
internal sealed class FieldMappingAnswer : MembraneModel
{
    public static ModelReader<FieldMappingAnswer> Reader { get; } =
        new ModelReader<FieldMappingAnswer>(static () => new FieldMappingAnswer()).Any(
            "output",
            static (answer, value) => answer.Output = value
        );

    public object? Output { get; private set; }
}
