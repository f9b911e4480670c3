using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Membrane.Client.Elements;
using Xunit;

namespace Membrane.Client.Tests.Elements;

/// <summary>The table of types against the list of the API's operations.</summary>
public class ElementTypesTests
{
    private static readonly IReadOnlyList<string[]> Operations = ReadOperations();

    public static TheoryData<string> Types => new(ElementTypes.Known.Select(type => type.Name));

    [Fact]
    public void There_are_the_types_that_the_API_names() =>
        Assert.Equal(
            [
                "action",
                "action-instance",
                "action-run-log-record",
                "app",
                "app-data-schema",
                "app-data-schema-instance",
                "app-event-log-record",
                "app-event-subscription",
                "app-event-type",
                "connected-product",
                "connection",
                "connector",
                "customer",
                "data-link-table",
                "data-link-table-instance",
                "data-source",
                "data-source-instance",
                "external-api-log-record",
                "external-event-log-record",
                "external-event-pull",
                "external-event-subscription",
                "external-event-type",
                "field-mapping",
                "field-mapping-instance",
                "flow",
                "flow-instance",
                "flow-run",
                "incoming-webhook-log-record",
                "integration",
                "package",
                "screen",
            ],
            ElementTypes.Known.Select(type => type.Name)
        );

    [Theory]
    [MemberData(nameof(Types))]
    public void A_type_can_do_what_the_API_has_operations_for(string name)
    {
        var type = ElementTypes.Find(name);
        if (name.EndsWith("-instance", StringComparison.Ordinal) || name == "screen")
        {
            // Instances and screens are not published: the list has for them what the SDK calls.
            Assert.True(type.Can(ElementAbilities.List | ElementAbilities.Change));
            return;
        }

        var expected = ElementAbilities.None;
        foreach (var operation in Operations)
        {
            var rest = operation[1].StartsWith("/" + type.Path, StringComparison.Ordinal)
                ? operation[1].Substring(type.Path.Length + 1)
                : "?";
            var isOne = rest.StartsWith("/{", StringComparison.Ordinal) && rest.IndexOf('/', 1) < 0;
            expected |= (operation[0], rest) switch
            {
                ("GET", "") => ElementAbilities.List
                    | (operation.Contains("search") ? ElementAbilities.Search : 0)
                    | (operation.Contains("includeArchived:boolean") ? ElementAbilities.IncludeArchived : 0),
                ("POST", "") => ElementAbilities.Create,
                ("GET", _) when isOne => ElementAbilities.Get,
                ("PATCH", _) when isOne => ElementAbilities.Update | (operation.Contains("?SEL") ? ElementAbilities.Scope : 0),
                ("PUT", _) when isOne => ElementAbilities.Replace,
                ("DELETE", _) when isOne => ElementAbilities.Remove,
                ("POST", _) when rest.StartsWith("/{", StringComparison.Ordinal) && rest.EndsWith("}/restore", StringComparison.Ordinal) =>
                    ElementAbilities.Restore,
                _ => 0,
            };
        }

        Assert.Equal(expected, type.Abilities);
    }

    [Fact]
    public void A_type_is_found_in_any_case_and_an_unknown_one_is_refused_with_all_names()
    {
        Assert.Equal("data-source", ElementTypes.Find("Data-Source").Name);
        var exception = Assert.Throws<MembraneInputException>(() => ElementTypes.Find("gadget"));
        Assert.Equal("Type", exception.ParameterName);
        Assert.Contains("field-mapping", exception.RecommendedAction, StringComparison.Ordinal);
    }

    private static List<string[]> ReadOperations()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Membrane.psd1")))
        {
            folder = folder.Parent;
        }

        return File.ReadLines(Path.Combine(folder!.FullName, "src", "Membrane.Emulator", "Contract", "operations.txt"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line =>
                line.Split(' ')
                    .Select((word, index) => index > 2 && word.StartsWith('?') && word != "?SEL" ? word.Substring(1) : word)
                    .ToArray()
            )
            .ToList();
    }
}
