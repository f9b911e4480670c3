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
    private readonly string expected;

    private MultipleOfKeyword(ExactNumber divisor, string expected)
    {
        this.divisor = divisor;
        this.expected = expected;
    }

    public static IEnumerable<SchemaKeyword> Read(SchemaReader reader)
    {
        if (!reader.TryReadNumber("multipleOf", out var value))
        {
            yield break;
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

        yield return new MultipleOfKeyword(divisor, $"a multiple of {ValueWords.Describe(value)}");
    }

    public override bool Check(JsonElement instance, SchemaCheck check, EvaluatedMembers? evaluated)
    {
        if (instance.ValueKind != JsonValueKind.Number || ExactNumber.Read(instance).IsMultipleOf(divisor))
        {
            return true;
        }

        if (check.Collects)
        {
            check.ReportExpected("multipleOf", expected, instance);
        }

        return false;
    }
}
