using System.Collections.Generic;

namespace Membrane.Client.NativeCommands;

/// <summary>The commands of an app.</summary>
/// <param name="Module">The name of the module.</param>
/// <param name="App">The name of the app that people see.</param>
/// <param name="Connection">The connection that the commands run on, by id or key.</param>
/// <param name="Commands">The commands, by name.</param>
internal sealed record AppPlan(string Module, string App, string Connection, IReadOnlyList<CommandPlan> Commands)
{
    /// <summary>What every type that the commands emit begins with.</summary>
    public const string TypePrefix = "Membrane.App.";

    /// <summary>The types that the commands emit, each once, merged from all commands.</summary>
    public IReadOnlyList<OutputPlan> Types { get; } = OutputTypes.Merge(Commands);
}
