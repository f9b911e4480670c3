using System.Collections.Generic;
using System.Text.Json;

namespace Membrane.Client.Schemas.Checking;

/// <summary>One keyword of a compiled schema, or several that belong together. Immutable.</summary>
internal abstract class SchemaKeyword
{
    /// <summary>The schemas that it applies to the same value, rather than to a field or item of it.</summary>
    public virtual IEnumerable<SchemaNode> NodesForSameValue => [];

    /// <summary>Whether the keyword needs to know which members the other keywords evaluated.</summary>
    public virtual bool NeedsEvaluated => false;

    /// <summary>Whether the value meets the keyword; what is wrong is reported to the check if it collects.</summary>
    public abstract bool Check(JsonElement instance, SchemaCheck check, EvaluatedMembers? evaluated);
}
