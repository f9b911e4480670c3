using System.Collections.Generic;
using System.Text.Json;
using Membrane.Client.Schemas.Checking;
using Membrane.Client.Schemas.Reading;

namespace Membrane.Client.Schemas.Keywords;

/// <summary>
/// $dynamicRef to a dynamic anchor: the outermost schema on the way here that has the anchor decides.
/// To anything else it is a plain reference.
/// </summary>
internal sealed class DynamicReferenceKeyword : SchemaKeyword
{
    private readonly string anchor;
    private readonly SchemaNode otherwise;

    private DynamicReferenceKeyword(string anchor, SchemaNode otherwise)
    {
        this.anchor = anchor;
        this.otherwise = otherwise;
    }

    public static void Read(SchemaReader reader, List<SchemaKeyword> keywords)
    {
        if (reader.ReadText("$dynamicRef") is not { } reference)
        {
            return;
        }

        var target = reader.Resolve("$dynamicRef", reference);
        var anchor = reference.Substring(reference.IndexOf('#') + 1);
        if (target.Resource.DynamicAnchors.Contains(anchor))
        {
            keywords.Add(new DynamicReferenceKeyword(anchor, reader.NodeAt(target)));
        }
        else
        {
            keywords.Add(new ReferenceKeyword(reader.NodeAt(target)));
        }
    }

    public override bool Check(JsonElement instance, SchemaCheck check, EvaluatedMembers? evaluated) =>
        check.CheckDynamically(check.FindDynamicAnchor(anchor) ?? otherwise, instance, evaluated);
}
