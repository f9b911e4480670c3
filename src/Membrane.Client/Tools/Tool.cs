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

    /// <summary>The display name, or null.</summary>
    public abstract string? Title { get; }

    /// <summary>What it does, for the model.</summary>
    public abstract string Description { get; }

    /// <summary>What it takes.</summary>
    public InputShape Shape => shape.Value;

    /// <summary>What it returns; null where that is not known.</summary>
    public virtual OutputShape? Output => null;

    /// <summary>Whether it is known to be read-only.</summary>
    public abstract bool IsReadOnly { get; }

    /// <summary>What it runs and where, for a confirmation prompt.</summary>
    public abstract string Target { get; }

    /// <summary>Runs the tool.</summary>
    /// <param name="input">The input, as the action takes it.</param>
    /// <param name="services">What is needed for it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The output: a value of the host, or a JSON node.</returns>
    /// <exception cref="MembraneException">The run failed.</exception>
    public abstract Task<object?> RunAsync(JsonNode? input, ToolServices services, CancellationToken cancellationToken);
}
