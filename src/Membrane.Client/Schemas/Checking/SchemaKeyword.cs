using System.Collections.Generic;
using System.Text.Json;

namespace Membrane.Client.Schemas.Checking;

/// <summary>One keyword of a compiled schema, or several that mean something only together. Does not change.</summary>
internal abstract class SchemaKeyword
{
    /// <summary>Schemas that it checks the same value by, rather than a field or item of it.</summary>
    public virtual IEnumerable<SchemaNode> NodesForSameValue => [];

    /// <summary>Whether it asks which members the other keywords looked at.</summary>
    public virtual bool NeedsEvaluated => false;

    /// <summary>Whether the value meets the keyword; what is wrong is reported to the check if it collects.</summary>
    public abstract bool Check(JsonElement instance, SchemaCheck check, EvaluatedMembers? evaluated);
}
