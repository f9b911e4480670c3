namespace Membrane;

/// <summary>One thing that is wrong with the input of an action.</summary>
public sealed class ActionInputProblem
{
    internal ActionInputProblem(string path, string pointer, string keyword, string message)
    {
        Path = path;
        Pointer = pointer;
        Keyword = keyword;
        Message = message;
    }

    /// <summary>Where in the input, as people write it: <c>contacts[0].email</c>; empty for the input itself.</summary>
    public string Path { get; }

    /// <summary>The same place as a JSON pointer: <c>/contacts/0/email</c>.</summary>
    public string Pointer { get; }

    /// <summary>The keyword of the schema that is not met, such as required or type.</summary>
    public string Keyword { get; }

    /// <summary>A sentence that names the field, what was expected and what came.</summary>
    public string Message { get; }

    /// <summary>The sentence.</summary>
    public override string ToString() => Message;
}
