using System.Collections.Generic;

namespace Membrane.PowerShell.Apps;

/// <summary>An app that commands are made of.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="Key">The key of the app; null where it has none.</param>
/// <param name="Name">The name of the app that people see.</param>
/// <param name="Actions">The actions of the connection.</param>
internal sealed record AppSource(Connection Connection, string? Key, string? Name, IReadOnlyList<MembraneAction> Actions);
