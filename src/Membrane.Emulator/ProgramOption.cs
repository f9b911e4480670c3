using System;

namespace Membrane.Emulator;

/// <summary>An option of the program.</summary>
/// <param name="name">As it is written, such as <c>--port</c>.</param>
/// <param name="valueName">What the help calls its value; empty if it takes none.</param>
/// <param name="help">What it is for.</param>
/// <param name="set">Takes the value over.</param>
internal sealed class ProgramOption(string name, string valueName, string help, Action<EmulatorOptions, string> set)
{
    public string Name { get; } = name;

    public string Help { get; } = $"  {(name + " " + valueName).TrimEnd(), -28} {help}";

    public bool TakesValue { get; } = valueName.Length > 0;

    public Action<EmulatorOptions, string> Set { get; } = set;
}
