using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Blobs;
using Membrane.Client.Checkpoints;
using Membrane.Client.Json;

namespace Membrane.Client.Actions;

/// <summary>The checkpoint of a batch of runs of one action on one connection.</summary>
internal sealed class ActionCheckpoint : IDisposable
{
    private readonly CheckpointJournal journal;
    private readonly CheckpointStates before;
    private readonly ItemIdentity identity = new();
    private readonly string? keyProperty;

    private ActionCheckpoint(CheckpointJournal journal, CheckpointStates before, string? keyProperty)
    {
        this.journal = journal;
        this.before = before;
        this.keyProperty = keyProperty;
    }

    /// <summary>What a person should know of the checkpoint; null where all is well.</summary>
    public string? Warning => journal.Warning;

    /// <summary>Opens the checkpoint, and reads those of other runs.</summary>
    /// <param name="place">Where it is.</param>
    /// <param name="others">Where those of other runs are.</param>
    /// <param name="purpose">What the batch does.</param>
    /// <param name="warn">Told what a person should know while it takes long.</param>
    /// <param name="cancellationToken">Ends the wait for a checkpoint that another run has open.</param>
    /// <exception cref="MembraneException">One of them is damaged, in use, or of another batch.</exception>
    public static async Task<ActionCheckpoint> OpenAsync(
        CheckpointPlace place,
        IEnumerable<CheckpointPlace> others,
        CheckpointPurpose purpose,
        Action<string> warn,
        CancellationToken cancellationToken
    )
    {
        var before = new CheckpointStates();
        foreach (var other in others)
        {
            var view = await other.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (view.Purpose.Count > 0)
            {
                CheckpointHeader.Require(view.Purpose, purpose.Fields, $"checkpoint '{other.Name}'");
                before.Add(view);
            }
        }

        var store = await place.OpenAsync(warn, cancellationToken).ConfigureAwait(false);
        var journal = await Task.Run(() => CheckpointJournal.Open(store, purpose.Fields), CancellationToken.None).ConfigureAwait(false);
        return new ActionCheckpoint(journal, before, purpose.KeyProperty);
    }

    /// <summary>Finds what the checkpoints know of an input.</summary>
    /// <param name="item">The input, and the row that it was made of.</param>
    /// <param name="objects">What objects look like on this host.</param>
    /// <exception cref="MembraneInputException">The input lacks the key property.</exception>
    public CheckpointEntry Take(ActionItem item, IObjectAdapter objects)
    {
        using var body = JsonDocument.Parse(item.Run.Body);
        var input = body.RootElement.TryGetProperty("input", out var value) ? value : default;
        if (keyProperty is not null)
        {
            var key = ReadKey(input, item.Source, objects);
            return Entry(identity.OfKey(key), new CheckpointNote { Key = key });
        }

        return input.ValueKind == JsonValueKind.Undefined
            ? Entry(identity.OfKey(string.Empty), new CheckpointNote())
            : Entry(identity.OfContent(input), new CheckpointNote { Input = input.GetRawText() });
    }

    public void Dispose() => journal.Dispose();

    // What this run's own checkpoint says is newer than what others say, unless those have done it.
    private CheckpointEntry Entry(Guid id, CheckpointNote begin)
    {
        var own = journal.StateOf(id);
        var other = before.Of(id);
        return new CheckpointEntry(journal, id, own == CheckpointState.None || other == CheckpointState.Succeeded ? other : own, begin);
    }

    // A row may have its key in a column that the action does not take.
    private string ReadKey(JsonElement input, object? source, IObjectAdapter objects)
    {
        var key =
            TextOf(input.ValueKind == JsonValueKind.Object ? input.EnumerateObject().FirstOrDefault(one => IsKey(one.Name)).Value : default)
            ?? TextOf(ObjectMembers.Of(source, objects)?.FirstOrDefault(one => IsKey(one.Key)).Value, objects);
        return key
            ?? throw new MembraneInputException(
                ErrorIds.InvalidInput,
                "CheckpointKey",
                string.Format(CultureInfo.InvariantCulture, "The input has no property '{0}', or it is empty.", keyProperty),
                "Name a property that every input has, or leave CheckpointKey out."
            );
    }

    // As scripts do, without regard to case.
    private bool IsKey(string name) => string.Equals(name, keyProperty, StringComparison.OrdinalIgnoreCase);

    private static string? TextOf(object? value, IObjectAdapter objects) =>
        objects.Unwrap(value) is null ? null : TextOf(JsonNodes.Element(value, objects, "CheckpointKey"));

    private static string? TextOf(JsonElement value) =>
        value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null || value.ToString() is not { Length: > 0 } text ? null : text;
}
