using System.Collections.Generic;

namespace Membrane.Client.NativeCommands;

/// <summary>What a command emits.</summary>
/// <param name="TypeName">The name of the type of each object.</param>
/// <param name="ItemsProperty">The property of the answer whose items are emitted; null for the answer itself.</param>
/// <param name="CursorProperty">The property of the answer that says where the next page begins, or the path to it with dots; null where
/// there are no pages.</param>
/// <param name="Properties">The known properties, in the order of the schema.</param>
/// <param name="Columns">Those that a table shows.</param>
internal sealed record OutputPlan(
    string TypeName,
    string? ItemsProperty,
    string? CursorProperty,
    IReadOnlyList<string> Properties,
    IReadOnlyList<string> Columns
);
