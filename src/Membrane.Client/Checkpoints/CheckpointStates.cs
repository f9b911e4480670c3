using System;
using System.Collections.Generic;

namespace Membrane.Client.Checkpoints;

/// <summary>
/// The states of inputs in several checkpoints of one batch. What is done in one of them is done, and what may be done in one of them may
/// be done, whatever the others say.
/// </summary>
internal sealed class CheckpointStates
{
    private readonly Dictionary<Guid, CheckpointState> states = [];

    public IReadOnlyDictionary<Guid, CheckpointState> All => states;

    /// <summary>Adds the states of a checkpoint.</summary>
    public void Add(CheckpointView view)
    {
        foreach (var input in view.Inputs)
        {
            states[input.Identity] = Join(Of(input.Identity), input.State);
        }
    }

    /// <summary>Returns the state of an input.</summary>
    public CheckpointState Of(Guid identity) => states.TryGetValue(identity, out var state) ? state : CheckpointState.None;

    private static CheckpointState Join(CheckpointState one, CheckpointState other) => Weight(one) >= Weight(other) ? one : other;

    private static int Weight(CheckpointState state) =>
        state switch
        {
            CheckpointState.Succeeded => 3,
            CheckpointState.Started => 2,
            CheckpointState.Failed => 1,
            _ => 0,
        };
}
