using System;
using System.Collections.Generic;
using System.IO;

namespace Membrane.Client.Checkpoints;

/// <summary>What a checkpoint says at the moment, to those who only read it.</summary>
internal sealed class CheckpointView
{
    private readonly Dictionary<Guid, int> places = [];
    private readonly List<CheckpointInput> inputs = [];

    private CheckpointView(string place) => Place = place;

    /// <summary>Where it is: a path, or an address without its query.</summary>
    public string Place { get; }

    /// <summary>What the batch does, and for whom.</summary>
    public IReadOnlyDictionary<string, string> Purpose { get; private set; } = new Dictionary<string, string>();

    /// <summary>The inputs in the order in which they were begun.</summary>
    public IReadOnlyList<CheckpointInput> Inputs => inputs;

    /// <summary>Whether the last run that wrote it came to its end.</summary>
    public bool IsSealed { get; private set; }

    /// <summary>Reads a checkpoint.</summary>
    /// <param name="place">Where it is.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="parts">What is in it.</param>
    /// <exception cref="MembraneException">It is damaged, or cannot be read.</exception>
    public static CheckpointView Read(string place, string name, Func<IEnumerable<Stream>> parts)
    {
        var view = new CheckpointView(place);
        try
        {
            var content = new CheckpointContent(name, TakeHeader, view.Take);
            content.Read(parts());
            view.IsSealed = content.IsSealed;
            return view;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new MembraneException(
                ErrorIds.CheckpointUnavailable,
                exception is FileNotFoundException ? $"There is no {name}." : $"The {name} cannot be read: {exception.Message}",
                "Check where it is, and that you may read it.",
                exception
            );
        }

        bool TakeHeader(string line, bool isEnded)
        {
            if (!isEnded && line.StartsWith("{", StringComparison.Ordinal) && !line.EndsWith("}", StringComparison.Ordinal))
            {
                // It is being begun.
                return false;
            }

            view.Purpose = CheckpointHeader.Read(line, name);
            return true;
        }
    }

    private void Take(Guid identity, CheckpointState state, string note)
    {
        if (!places.TryGetValue(identity, out var place))
        {
            place = inputs.Count;
            places[identity] = place;
            inputs.Add(new CheckpointInput(identity));
        }

        inputs[place].Add(state, note);
    }
}
