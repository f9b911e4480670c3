namespace Membrane.Client.Schemas.Checking;

/// <summary>One thing that is wrong with a checked value.</summary>
internal sealed class SchemaViolation
{
    private readonly string predicate;

    internal SchemaViolation(string path, string pointer, int depth, string keyword, string predicate, string? expected)
    {
        this.predicate = predicate;
        Path = path;
        Pointer = pointer;
        Depth = depth;
        Keyword = keyword;
        Message = Describe("The value");
        Expected = expected;
    }

    /// <summary>
    /// Where in the value, as people write it: <c>contacts[0].email</c>; empty for the value itself.
    /// A missing field is named by the path that it would have.
    /// </summary>
    public string Path { get; }

    /// <summary>The same place as a JSON pointer: <c>/contacts/0/email</c>.</summary>
    public string Pointer { get; }

    /// <summary>The keyword of the schema that is not met.</summary>
    public string Keyword { get; }

    /// <summary>A sentence that names the field, what was expected and what came.</summary>
    public string Message { get; }

    internal int Depth { get; }

    /// <summary>What would be right, where it can follow the words "must be".</summary>
    internal string? Expected { get; }

    /// <summary>The message, with another name than "The value" for the whole.</summary>
    internal string Describe(string whole) => $"{(Path.Length == 0 ? whole : $"'{Path}'")} {predicate}";

    /// <inheritdoc/>
    public override string ToString() => Message;
}
