namespace Membrane;

/// <summary>One thing that is wrong with the input of an action.</summary>
/// <remarks>Makes a problem.</remarks>
/// <param name="path">Where in the input, as people write it.</param>
/// <param name="pointer">The same place as a JSON pointer.</param>
/// <param name="keyword">The keyword of the schema that is not met.</param>
/// <param name="message">A sentence that names the field.</param>
public sealed class ActionInputProblem(string path, string pointer, string keyword, string message)
{
    /// <summary>Where in the input, as people write it: <c>contacts[0].email</c>; empty for the input itself.</summary>
    public string Path { get; } = path;

    /// <summary>The same place as a JSON pointer: <c>/contacts/0/email</c>.</summary>
    public string Pointer { get; } = pointer;

    /// <summary>The keyword of the schema that is not met, such as required or type.</summary>
    public string Keyword { get; } = keyword;

    /// <summary>A sentence that names the field, what was expected and what came.</summary>
    public string Message { get; } = message;

    /// <summary>The sentence.</summary>
    public override string ToString() => Message;
}
