using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using Membrane.Client.Schemas.Checking;
using Membrane.Client.Schemas.Values;

namespace Membrane.Client.Schemas.Keywords;

/// <summary>
/// Reports a value that matches none of several alternatives. Where one alternative was clearly meant, its violations are
/// reported; otherwise what the alternatives expect.
/// </summary>
internal static class FailedAlternatives
{
    private const int MostReasons = 3;

    public static void Report(string keyword, SchemaNode[] nodes, JsonElement instance, SchemaCheck check)
    {
        var failures = nodes
            .Where(node => !node.IsNever)
            .Select(node => check.CollectApart(node, instance))
            .Where(failure => failure.Count > 0)
            .ToList();
        var meant = Narrow(failures, check.Depth);

        if (meant.Count == 1)
        {
            meant[0].ForEach(check.Add);
        }
        else if (meant.Count > 1 && meant.All(failure => IsExpectation(failure, check.Depth)))
        {
            ReportExpectations(keyword, meant, instance, check);
        }
        else
        {
            ReportReasons(keyword, nodes.Length, meant, check);
        }
    }

    // Alternatives of another type were not meant, nor were those with a fixed field of another value.
    private static List<List<SchemaViolation>> Narrow(List<List<SchemaViolation>> failures, int depth)
    {
        var meant = Without(failures, violation => violation.Keyword == "type" && violation.Depth == depth);
        return Without(meant, violation => violation.Keyword is "const" or "enum" && violation.Depth == depth + 1);
    }

    private static List<List<SchemaViolation>> Without(List<List<SchemaViolation>> failures, System.Predicate<SchemaViolation> excludes)
    {
        var left = failures.Where(failure => !failure.Exists(excludes)).ToList();
        return left.Count > 0 ? left : failures;
    }

    private static bool IsExpectation(List<SchemaViolation> failure, int depth) =>
        failure.TrueForAll(violation => violation.Depth == depth && violation.Expected is not null);

    private static void ReportExpectations(string keyword, List<List<SchemaViolation>> meant, JsonElement instance, SchemaCheck check)
    {
        var expectations = meant
            .Select(failure => string.Join(" and ", failure.Select(violation => violation.Expected)))
            .Distinct()
            .ToArray();
        check.ReportExpected(keyword, ValueWords.List(expectations, "or"), instance);
    }

    private static void ReportReasons(string keyword, int count, List<List<SchemaViolation>> meant, SchemaCheck check)
    {
        var reasons = meant.Take(MostReasons).Select(failure => failure[0].Message);
        check.Report(keyword, $"matches none of the {count} forms that are allowed. {string.Join(" Or: ", reasons)}".TrimEnd());
    }
}
