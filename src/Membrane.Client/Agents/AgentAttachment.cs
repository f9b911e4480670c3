namespace Membrane.Client;

/// <summary>Something that an agent is given along with a message.</summary>
/// <param name="title">What it is called.</param>
/// <param name="data">What it is: anything with a form in JSON.</param>
public sealed class AgentAttachment(string title, object? data)
{
    /// <summary>What it is called.</summary>
    public string Title { get; } = title;

    /// <summary>What it is.</summary>
    public object? Data { get; } = data;
}
