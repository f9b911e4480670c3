using System;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using System.Runtime.CompilerServices;
using Membrane.Client.Json;

namespace Membrane.PowerShell.Common;

/// <summary>
/// Has CLIXML, and so jobs and remote sessions, keep what the module emits as deep as it is. A job goes one level deep, and has only the
/// text of what is below.
/// </summary>
/// <remarks>
/// Update-TypeData says the same, and takes some 30 ms of a fresh process; the table of types that the command has takes 3. An engine that
/// does not show it keeps its own depth, see <see cref="Deserialized.Restore"/>.
/// </remarks>
internal static class SerializedDepth
{
    // With what derives from them.
    private static readonly Type[] Types =
    [
        typeof(MembraneModel),
        typeof(ActionInputTest),
        typeof(ActionInputProblem),
        typeof(CheckpointInputState),
        typeof(MembraneEmulatorRequest),
        typeof(PendingLogin),
        typeof(TokenClaims),
    ];

    private static readonly ConditionalWeakTable<Runspace, object> Told = new();

    /// <summary>Tells the runspace of a command, before that emits anything.</summary>
    public static void Apply(PSCmdlet command)
    {
        if (Runspace.DefaultRunspace is not { } runspace || Told.TryGetValue(runspace, out _))
        {
            return;
        }

        if (Get(Get(command, "Context"), "TypeTable") is TypeTable table)
        {
            // What came out of a job may go into another one.
            foreach (var name in Types.SelectMany(static type => new[] { type.FullName, "Deserialized." + type.FullName }))
            {
                table.AddType(new TypeData(name) { SerializationDepth = JsonValueWriter.MaxDepth, IsOverride = true });
            }
        }

        Told.Add(runspace, Types);
    }

    private static object? Get(object? owner, string property) =>
        owner?.GetType().GetProperty(property, BindingFlags.Instance | BindingFlags.NonPublic)?.GetValue(owner);
}
