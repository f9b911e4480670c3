namespace Membrane.Emulator.Schemas;

/// <summary>What is wrong in a value, and where.</summary>
internal sealed class SchemaProblem
{
    public SchemaProblem(string path, string text)
    {
        Path = path;
        Text = text;
    }

    /// <summary>A JSON Pointer; empty for the value itself.</summary>
    public string Path { get; }

    public string Text { get; }

    /// <summary>A sentence that names the field.</summary>
    public string Sentence(string whole) => Path.Length == 0 ? $"{whole} {Text}." : $"'{Path.Substring(1).Replace('/', '.')}' {Text}.";
}
