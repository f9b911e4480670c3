namespace Membrane.Emulator.Schemas;

/// <summary>What is wrong in a value, and where.</summary>
internal sealed class SchemaProblem(string path, string text)
{
    /// <summary>A JSON Pointer; empty for the value itself.</summary>
    public string Path { get; } = path;

    public string Text { get; } = text;

    /// <summary>A sentence that names the field.</summary>
    public string Sentence(string whole) => Path.Length == 0 ? $"{whole} {Text}." : $"'{Path.Substring(1).Replace('/', '.')}' {Text}.";
}
