using System;

namespace Membrane.Emulator;

/// <summary>An option of the program that takes a value.</summary>
/// <param name="name">As it is written, such as <c>--port</c>.</param>
/// <param name="valueName">What the help calls its value.</param>
/// <param name="help">What it is for.</param>
/// <param name="set">Takes the value over.</param>
internal sealed class ProgramOption(string name, string valueName, string help, Action<EmulatorOptions, string> set)
{
    public string Name { get; } = name;

    public string Help { get; } = $"  {name + " " + valueName, -26} {help}";

    public Action<EmulatorOptions, string> Set { get; } = set;
}
