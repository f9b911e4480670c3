using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Membrane.Client.Json;
using Membrane.Client.Rows;
using Membrane.Tests.Oracle;
using Xunit;
using Xunit.Abstractions;

namespace Membrane.Client.Tests.Rows;

/// <summary>
/// What the binder makes of random rows equals what the rules say, which stand in tests/Pester/Support/RowCases.cs without a line of ours.
/// MEMBRANE_TEST_ROWS_SEED takes one schema alone, MEMBRANE_TEST_ROWS_SCHEMAS more than 400.
/// </summary>
public sealed class RowPropertyTests(ITestOutputHelper output)
{
    private const int RowsOfSchema = 50;

    [Fact]
    public void What_is_sent_and_what_is_refused_are_what_the_rules_say()
    {
        if (Environment.GetEnvironmentVariable("MEMBRANE_TEST_ROWS_SEED") is { Length: > 0 } seed)
        {
            Check(int.Parse(seed, CultureInfo.InvariantCulture));
            return;
        }

        var schemas = int.Parse(Environment.GetEnvironmentVariable("MEMBRANE_TEST_ROWS_SCHEMAS") ?? "400", CultureInfo.InvariantCulture);
        var first = (ulong)Environment.TickCount64;
        output.WriteLine($"{schemas} schemas with {RowsOfSchema} rows each; FsCheck replays ({first}, 1).");
        Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), Check)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(schemas).WithReplay(first, 1UL));
    }

    private static void Check(int seed)
    {
        var cases = new RowCases(seed, RowsOfSchema);
        using var schema = JsonDocument.Parse(cases.Schema);
        var binder = new RowBinder(
            "test",
            schema.RootElement.Clone(),
            new RowCommand
            {
                Parameters = cases.Parameters.ToArray(),
                Arguments = cases.ArgumentProperty is null
                    ? []
                    : [new KeyValuePair<string, object?>(cases.ArgumentProperty, cases.ArgumentValue)],
            },
            Host.Instance
        );
        var sent = new List<string>();
        var refusals = new string?[cases.Rows.Count];
        for (var row = 0; row < cases.Rows.Count; row++)
        {
            try
            {
                var input = Encoding.UTF8.GetString(JsonValueWriter.ToBytes(binder.Bind(cases.Rows[row]), Host.Instance, "InputObject"));
                if (cases.Missing[row].Length > 0)
                {
                    // What is missing is found by the check that comes after the binder.
                    refusals[row] = string.Join(" ", cases.Missing[row]);
                }
                else
                {
                    sent.Add(input);
                }
            }
            catch (MembraneActionInputException exception)
            {
                refusals[row] = exception.Message;
            }
        }

        var problems = cases.Compare(sent.ToArray(), refusals);
        Assert.True(problems.Length == 0, $"MEMBRANE_TEST_ROWS_SEED={seed}: {string.Join(Environment.NewLine, problems.Take(5))}");
    }

    // Dictionaries, and a database's nothing, as PowerShell has it.
    private sealed class Host : IObjectAdapter
    {
        public static Host Instance { get; } = new();

        public object CreateObject(IReadOnlyList<KeyValuePair<string, object?>> members) =>
            DictionaryObjectAdapter.Instance.CreateObject(members);

        public MembraneModel? CreateModel(Type type) => null;

        public void ShowUnknownFields(MembraneModel model, IReadOnlyDictionary<string, object?> fields) { }

        public T CreatePart<T>(T model)
            where T : MembraneModel => model;

        public IReadOnlyList<T> CreateParts<T>(IList<T> models)
            where T : MembraneModel => throw new NotSupportedException();

        public object? Unwrap(object? value) => value is DBNull ? null : value;

        public IEnumerable<KeyValuePair<string, object?>>? GetMembers(object value) => null;
    }
}
