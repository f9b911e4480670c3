using System;

namespace Membrane.Client.Schemas.Reading;

/// <summary>The error of a schema that is not valid, or that uses something that is refused.</summary>
internal sealed class JsonSchemaException : MembraneException
{
    internal JsonSchemaException(string pointer, string? keyword, string reason, Exception? cause = null)
        : base(ErrorIds.InvalidSchema, $"The schema cannot be used: {reason} (at #{pointer})", null, cause)
    {
        Pointer = pointer;
        Keyword = keyword;
    }

    /// <summary>JSON pointer to the place in the schema; empty for its root.</summary>
    public string Pointer { get; }

    /// <summary>The keyword that is wrong or refused, if it is one.</summary>
    public string? Keyword { get; }
}
