using System.Collections.Generic;

namespace Membrane.Emulator.Dashboard;

/// <summary>A command that sends a request again.</summary>
/// <param name="Line">The command; null if the module cannot send it.</param>
/// <param name="Notes">What a person has to do or to know first.</param>
internal sealed record RequestCommandLine(string? Line, IReadOnlyList<string> Notes);
