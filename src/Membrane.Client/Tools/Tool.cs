using System;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Tools.Schemas;

namespace Membrane.Client.Tools;

/// <summary>Something that a model can call.</summary>
internal abstract class Tool(string name, Func<InputShape> makeShape)
{
    private readonly Lazy<InputShape> shape = new Lazy<InputShape>(makeShape);

    public string Name { get; } = name;

    /// <summary>A name for people; null where there is none.</summary>
    public abstract string? Title { get; }

    /// <summary>What it does, for the model.</summary>
    public abstract string Description { get; }

    /// <summary>What it takes.</summary>
    public InputShape Shape => shape.Value;

    /// <summary>Whether it is known to change nothing.</summary>
    public abstract bool IsReadOnly { get; }

    /// <summary>What it runs and where, for a person who is asked.</summary>
    public abstract string Target { get; }

    /// <summary>Does what the model asked for.</summary>
    /// <param name="input">The input, as the action takes it.</param>
    /// <param name="services">What is needed for it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What came of it: a value of the host, or a JSON node.</returns>
    /// <exception cref="MembraneException">It could not be done.</exception>
    public abstract Task<object?> RunAsync(JsonNode? input, ToolServices services, CancellationToken cancellationToken);
}
