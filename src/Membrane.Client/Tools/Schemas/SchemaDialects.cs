namespace Membrane.Client.Tools.Schemas;

/// <summary>The dialects of the tool formats.</summary>
internal static class SchemaDialects
{
    /// <exception cref="MembraneInputException">The format has no strict mode.</exception>
    public static ISchemaDialect Of(ToolDialect format, bool isStrict) =>
        format switch
        {
            ToolDialect.OpenAI or ToolDialect.OpenAIResponses when isStrict => new StrictDialect(),
            _ when isStrict => throw new MembraneInputException(
                ErrorIds.InvalidInput,
                "Strict",
                $"The strict mode is OpenAI's; the format {format} has no such mode.",
                "Leave it out, or choose the format OpenAI or OpenAIResponses."
            ),
            ToolDialect.Gemini => new GeminiDialect(),
            _ => new JsonSchemaDialect(format),
        };
}
