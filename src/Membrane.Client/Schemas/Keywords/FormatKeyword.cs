using System;
using System.Collections.Generic;
using System.Text.Json;
using Membrane.Client.Schemas.Checking;
using Membrane.Client.Schemas.Reading;
using Membrane.Client.Schemas.Values;

namespace Membrane.Client.Schemas.Keywords;

/// <summary>format, where the caller asks for it to be checked.</summary>
internal sealed class FormatKeyword : SchemaKeyword
{
    private readonly string format;
    private readonly Predicate<string> isMet;

    private FormatKeyword(string format, Predicate<string> isMet)
    {
        this.format = format;
        this.isMet = isMet;
    }

    public static void Read(SchemaReader reader, List<SchemaKeyword> keywords)
    {
        if (reader.ChecksFormats && reader.ReadText("format") is { } format && TextFormats.Find(format) is { } isMet)
        {
            keywords.Add(new FormatKeyword(format, isMet));
        }
    }

    public override bool Check(JsonElement instance, SchemaCheck check, EvaluatedMembers? evaluated)
    {
        if (instance.ValueKind != JsonValueKind.String || isMet(JsonStrings.Read(instance)))
        {
            return true;
        }

        if (check.Collects)
        {
            check.ReportExpected("format", $"a valid {format}", instance);
        }

        return false;
    }
}
