using System.Collections.Generic;
using System.Text.Json;
using Membrane.Client.Schemas.Checking;
using Membrane.Client.Schemas.Reading;
using Membrane.Client.Schemas.Values;

namespace Membrane.Client.Schemas.Keywords;

internal sealed class MultipleOfKeyword : SchemaKeyword
{
    private const int MostDigits = 1000;

    private readonly ExactNumber divisor;
    private readonly JsonElement value;

    private MultipleOfKeyword(ExactNumber divisor, JsonElement value)
    {
        this.divisor = divisor;
        this.value = value;
    }

    public static void Read(SchemaReader reader, List<SchemaKeyword> keywords)
    {
        if (!reader.TryReadNumber("multipleOf", out var value))
        {
            return;
        }

        var divisor = ExactNumber.Read(value);
        if (!divisor.IsPositive)
        {
            throw reader.Invalid("multipleOf", "'multipleOf' must be greater than 0");
        }

        if (divisor.DigitCount > MostDigits)
        {
            throw reader.Invalid("multipleOf", $"'multipleOf' with more than {MostDigits} digits is refused");
        }

        keywords.Add(new MultipleOfKeyword(divisor, value));
    }

    public override bool Check(JsonElement instance, SchemaCheck check, EvaluatedMembers? evaluated)
    {
        if (instance.ValueKind != JsonValueKind.Number || ExactNumber.Read(instance).IsMultipleOf(divisor))
        {
            return true;
        }

        if (check.Collects)
        {
            check.ReportExpected("multipleOf", $"a multiple of {ValueWords.Describe(value)}", instance);
        }

        return false;
    }
}
