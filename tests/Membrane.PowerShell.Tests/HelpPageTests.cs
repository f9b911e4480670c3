using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace Membrane.PowerShell.Tests;

/// <summary>
/// What the help pages must have, as far as that can be seen without PowerShell; tests/Pester/Help.Tests.ps1 does the rest.
/// </summary>
public class HelpPageTests
{
    private static readonly XNamespace MamlCommand = "http://schemas.microsoft.com/maml/dev/command/2004/10";

    // PowerShell gives these to every command, or to those that ask for ShouldProcess or paging.
    private static readonly string[] ShouldProcessNames = ["Confirm", "WhatIf"];
    private static readonly string[] PagingNames = ["First", "IncludeTotalCount", "Skip"];
    private static readonly string[] SectionsWithWords =
    [
        "SYNOPSIS",
        "SYNTAX",
        "DESCRIPTION",
        "EXAMPLES",
        "OUTPUTS",
        "NOTES",
        "RELATED LINKS",
    ];

    private static string HelpFolder => Path.Combine(Repository.StagedModule, "en-US");

    [Fact]
    public void Every_command_has_a_page_and_every_page_a_command() =>
        Assert.Equal(Repository.ExportedCmdlets.OrderBy(name => name, StringComparer.Ordinal), HelpPage.Commands.Select(page => page.Name));

    [Fact]
    public void What_Get_Help_reads_has_every_command_and_no_other()
    {
        var help = XDocument.Load(Path.Combine(HelpFolder, "Membrane.PowerShell.dll-Help.xml"));
        Assert.Equal(
            Repository.ExportedCmdlets.OrderBy(name => name, StringComparer.Ordinal),
            help.Descendants(MamlCommand + "details")
                .Select(details => details.Element(MamlCommand + "name")!.Value)
                .OrderBy(name => name, StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Every_about_topic_is_made() =>
        Assert.Equal(
            HelpPage.Topics.Select(topic => topic.Name + ".help.txt"),
            Directory.GetFiles(HelpFolder, "*.txt").Select(Path.GetFileName).OrderBy(name => name, StringComparer.Ordinal)
        );

    [Fact]
    public void No_place_is_left_to_fill_in() =>
        AssertNone(
            from page in HelpPage.Commands.Concat(HelpPage.Topics)
            from Match match in Regex.Matches(page.Text, @"\{\{[^}]*\}\}|\bTODO\b|\bTBD\b")
            select $"{page}: {match.Value}"
        );

    [Fact]
    public void Every_page_has_words_in_every_section() =>
        AssertNone(
            from page in HelpPage.Commands
            from section in SectionsWithWords
            where page[section].Length == 0
            select $"{page}: {section}"
        );

    [Fact]
    public void Every_synopsis_is_one_sentence() =>
        AssertNone(
            from page in HelpPage.Commands
            where !Regex.IsMatch(page["SYNOPSIS"], @"^[A-Z][^\n]{10,120}\.$")
            select $"{page}: {page["SYNOPSIS"]}"
        );

    [Fact]
    public void Every_page_has_at_least_three_examples_each_with_a_title_a_sentence_and_code() =>
        AssertNone(
            from page in HelpPage.Commands
            let good = page.Examples.Count(example =>
                Regex.IsMatch(example.Title, @"^Example \d+: \S")
                && Regex.IsMatch(example.Text, @"\A\s*(?!```)\S.{10,}?[.:]\n+```powershell\n", RegexOptions.Singleline)
            )
            where good < 3 || good != page.Examples.Count()
            select $"{page}: {good} of {page.Examples.Count()}"
        );

    [Fact]
    public void Examples_are_numbered_in_order() =>
        AssertNone(
            from page in HelpPage.Commands
            where
                !page
                    .Examples.Select(example => Regex.Match(example.Title, @"\d+").Value)
                    .SequenceEqual(Enumerable.Range(1, page.Examples.Count()).Select(number => $"{number}"))
            select page
        );

    [Fact]
    public void Pages_list_the_parameters_that_there_are() =>
        AssertNone(
            from command in Command.All
            from page in HelpPage.Commands
            where page.Name == command.Name
            let expected = command
                .ShownParameters.Select(parameter => parameter.Name)
                .Distinct()
                .Concat(command.SupportsShouldProcess ? ShouldProcessNames : [])
                .Concat(command.SupportsPaging ? PagingNames : [])
                .OrderBy(name => name, StringComparer.Ordinal)
            let found = page.Parameters.Select(parameter => parameter.Name).OrderBy(name => name, StringComparer.Ordinal)
            where !expected.SequenceEqual(found)
            select $"{page}: {string.Join(", ", expected.Except(found).Concat(found.Except(expected)))}"
        );

    [Fact]
    public void Pages_know_the_sets_the_pipeline_and_the_aliases_of_each_parameter() =>
        AssertNone(
            from command in Command.All
            from page in HelpPage.Commands
            where page.Name == command.Name
            from parameter in command.Parameters
            from found in page.Parameters
            where found.Name == parameter.Name
            let sets = SetsOf(parameter)
            let aliases = AliasesOf(parameter)
            where
                !sets.SequenceEqual(found.Sets.OrderBy(set => set, StringComparer.Ordinal))
                || !aliases.SequenceEqual(found.Aliases.OrderBy(name => name, StringComparer.Ordinal))
            select $"{page} -{found.Name}: {string.Join("; ", sets)} | {string.Join("; ", found.Sets)} | {string.Join(", ", aliases)} | "
                + $"{string.Join(", ", found.Aliases)}"
        );

    [Fact]
    public void Every_parameter_is_described_in_sentences() =>
        AssertNone(
            from page in HelpPage.Commands
            from parameter in page.Parameters
            where
                parameter.Name != "CommonParameters"
                && !Regex.IsMatch(parameter.Description, @"\A[A-Z$`'-].{10,}[.)]\z", RegexOptions.Singleline)
            select $"{page} -{parameter.Name}: {parameter.Description}"
        );

    [Fact]
    public void Related_links_lead_somewhere() =>
        AssertNone(
            from page in HelpPage.Commands
            from link in page.Links.DefaultIfEmpty("(none)")
            where !File.Exists(Path.Combine(HelpPage.Folder, link)) || link == page.Name + ".md"
            select $"{page}: {link}"
        );

    [Fact]
    public void Commands_that_pages_and_topics_name_exist() =>
        AssertNone(
            from page in HelpPage.Commands.Concat(HelpPage.Topics)
            from Match match in Regex.Matches(page.Text, @"\b[A-Z][A-Za-z]+-Membrane[A-Za-z]*\b")
            where !Repository.ExportedCmdlets.Contains(match.Value)
            select $"{page}: {match.Value}"
        );

    [Fact]
    public void Every_error_id_is_explained_and_no_other()
    {
        var topic = File.ReadAllText(Path.Combine(HelpPage.Folder, "about_Membrane_Errors.md"));
        var explained = Regex
            .Matches(topic, @"^### (?<id>\S+)$", RegexOptions.Multiline)
            .Select(match => match.Groups["id"].Value)
            .OrderBy(id => id, StringComparer.Ordinal)
            .ToArray();
        Assert.Equal(
            typeof(ErrorIds)
                .GetFields(BindingFlags.Public | BindingFlags.Static)
                .Select(field => (string)field.GetRawConstantValue()!)
                .OrderBy(id => id, StringComparer.Ordinal),
            explained
        );
    }

    [Fact]
    public void Every_error_id_has_a_category_and_advice()
    {
        var topic = File.ReadAllText(Path.Combine(HelpPage.Folder, "about_Membrane_Errors.md"))
            .Replace("\r\n", "\n", StringComparison.Ordinal);
        AssertNone(
            from Match match in Regex.Matches(
                topic,
                @"^### (?<id>\S+)\n(?<text>.*?)(?=^##|\z)",
                RegexOptions.Multiline | RegexOptions.Singleline
            )
            let category = Regex
                .Match(
                    match.Groups["text"].Value,
                    @"\n- Category: (?<names>[A-Za-z]+(, [A-Za-z]+)*)( and others by status)?\n- What to do: .+\."
                )
                .Groups["names"]
                .Value
            where category.Length == 0 || category.Split(", ").Any(name => !Enum.TryParse(name, out ErrorCategory _))
            select match.Groups["id"].Value
        );
    }

    private static string[] SetsOf(PropertyInfo parameter) =>
        (
            from attribute in parameter.CustomAttributes
            where attribute.AttributeType.Name == "ParameterAttribute"
            let values = attribute.NamedArguments.ToDictionary(
                argument => argument.MemberName,
                argument => argument.TypedValue.Value,
                StringComparer.Ordinal
            )
            let set = values.TryGetValue("ParameterSetName", out var name) ? name : "(All)"
            let position = values.TryGetValue("Position", out var number) ? number : "Named"
            select string.Join(
                ' ',
                set,
                position,
                Flag(values, "Mandatory"),
                Flag(values, "ValueFromPipeline"),
                Flag(values, "ValueFromPipelineByPropertyName")
            )
        )
            .OrderBy(text => text, StringComparer.Ordinal)
            .ToArray();

    private static string[] AliasesOf(PropertyInfo parameter) =>
        (
            from attribute in parameter.CustomAttributes
            where attribute.AttributeType.Name == "AliasAttribute"
            from argument in (IEnumerable<CustomAttributeTypedArgument>)attribute.ConstructorArguments[0].Value!
            select (string)argument.Value!
        )
            .OrderBy(name => name, StringComparer.Ordinal)
            .ToArray();

    private static string Flag(Dictionary<string, object?> values, string name) =>
        values.TryGetValue(name, out var value) && value is true ? "true" : "false";

    private static void AssertNone<T>(IEnumerable<T> found) => Assert.Empty(found.Distinct());
}
