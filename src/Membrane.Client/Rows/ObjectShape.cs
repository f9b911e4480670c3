using System.Collections.Generic;
using System.Text.Json;

namespace Membrane.Client.Rows;

/// <summary>The properties of an object, as its schema tells them.</summary>
/// <param name="Properties">Names and schemas, references resolved, in the order of the schema.</param>
/// <param name="Required">The names that must be there.</param>
/// <param name="AllowsMore">Whether other properties are allowed.</param>
internal sealed record ObjectShape(IReadOnlyList<KeyValuePair<string, JsonElement>> Properties, ISet<string> Required, bool AllowsMore);
