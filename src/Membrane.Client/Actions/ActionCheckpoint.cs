using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Threading;
using Membrane.Client.Checkpoints;

namespace Membrane.Client.Actions;

/// <summary>The checkpoint file of a batch of runs of one action on one connection.</summary>
internal sealed class ActionCheckpoint : IDisposable
{
    private readonly CheckpointFile file;
    private readonly ItemIdentity identity = new();
    private readonly string? keyProperty;

    private ActionCheckpoint(CheckpointFile file, string? keyProperty)
    {
        this.file = file;
        this.keyProperty = keyProperty;
    }

    /// <summary>What a person should know of the file; null where all is well.</summary>
    public string? Warning => file.Warning;

    /// <param name="path">The file.</param>
    /// <param name="selector">The action.</param>
    /// <param name="keyProperty">The property that tells inputs apart; null for their content.</param>
    /// <param name="owner">On whose behalf the action is run, for a key means another action to each tenant.</param>
    /// <param name="cancellationToken">Ends the wait for a file that another program has open.</param>
    /// <exception cref="MembraneException">The file is damaged, in use, or of another batch.</exception>
    public static ActionCheckpoint Open(
        string path,
        ActionSelector selector,
        string? keyProperty,
        CheckpointOwner owner,
        CancellationToken cancellationToken
    ) =>
        new(
            CheckpointFile.Open(
                path,
                new Dictionary<string, string>
                {
                    ["action"] = selector.IdOrKey,
                    ["connection"] = selector.ConnectionId ?? string.Empty,
                    ["integration"] = selector.IntegrationKey ?? string.Empty,
                    ["key"] = keyProperty ?? string.Empty,
                    ["api"] = owner.ApiUri.AbsoluteUri,
                    ["workspace"] = owner.WorkspaceKey ?? string.Empty,
                    ["tenant"] = owner.TenantKey ?? string.Empty,
                },
                cancellationToken: cancellationToken
            ),
            keyProperty
        );

    /// <summary>Finds what the file knows of an input.</summary>
    /// <exception cref="MembraneInputException">The input lacks the key property.</exception>
    public CheckpointEntry Take(PreparedRun run)
    {
        using var body = JsonDocument.Parse(run.Body);
        var input = body.RootElement.TryGetProperty("input", out var value) ? value : default;
        var id = keyProperty is null
            ? input.ValueKind == JsonValueKind.Undefined
                ? identity.OfKey(string.Empty)
                : identity.OfContent(input)
            : identity.OfKey(ReadKey(input));
        return new CheckpointEntry(file, id);
    }

    public void Dispose() => file.Dispose();

    // As scripts do, without regard to case.
    private string ReadKey(JsonElement input)
    {
        var found =
            input.ValueKind == JsonValueKind.Object
                ? input
                    .EnumerateObject()
                    .FirstOrDefault(property => string.Equals(property.Name, keyProperty, StringComparison.OrdinalIgnoreCase))
                : default;
        var key = found.Value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? string.Empty : found.Value.ToString();
        return key.Length > 0
            ? key
            : throw new MembraneInputException(
                ErrorIds.InvalidInput,
                "CheckpointKey",
                string.Format(CultureInfo.InvariantCulture, "The input has no property '{0}', or it is empty.", keyProperty),
                "Name a property that every input has, or leave CheckpointKey out."
            );
    }
}
