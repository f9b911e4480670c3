using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;
using Xunit;

namespace Membrane.PowerShell.Tests;

public class ConventionTests
{
    // The approved verbs that this module uses; Get-Verb knows more.
    private static readonly HashSet<string> Verbs =
    [
        "Add",
        "Clear",
        "Compare",
        "Complete",
        "Connect",
        "ConvertFrom",
        "ConvertTo",
        "Copy",
        "Disconnect",
        "Export",
        "Find",
        "Get",
        "Import",
        "Invoke",
        "New",
        "Receive",
        "Remove",
        "Resolve",
        "Restore",
        "Select",
        "Send",
        "Set",
        "Start",
        "Stop",
        "Test",
        "Update",
        "Wait",
    ];

    private static readonly HashSet<string> ChangingVerbs =
    [
        "Add",
        "Clear",
        "Complete",
        "Copy",
        "Disconnect",
        "Export",
        "Invoke",
        "New",
        "Remove",
        "Resolve",
        "Restore",
        "Send",
        "Set",
        "Start",
        "Stop",
        "Update",
    ];

    private static readonly HashSet<string> ReservedNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "Confirm",
        "Debug",
        "ErrorAction",
        "ErrorVariable",
        "InformationAction",
        "InformationVariable",
        "OutBuffer",
        "OutVariable",
        "PipelineVariable",
        "ProgressAction",
        "Verbose",
        "WarningAction",
        "WarningVariable",
        "WhatIf",
        "UseTransaction",
    };

    [Fact]
    public void The_manifest_exports_every_command_and_nothing_else() =>
        Assert.Equal(
            Command.All.Select(command => command.Name).OrderBy(name => name, StringComparer.Ordinal),
            Repository.ExportedCmdlets.OrderBy(name => name, StringComparer.Ordinal)
        );

    [Fact]
    public void The_manifest_lists_exports_in_order() =>
        Assert.Equal(Repository.ExportedCmdlets.OrderBy(name => name, StringComparer.OrdinalIgnoreCase), Repository.ExportedCmdlets);

    [Fact]
    public void Every_command_is_tried_in_the_engine()
    {
        // Those three go through all commands and say nothing of any one.
        string[] general = ["Help.Tests.ps1", "Examples.Tests.ps1", "CommandMap.Tests.ps1"];
        var tests = string.Concat(
            Directory
                .GetFiles(Path.Combine(Repository.Root, "tests", "Pester"), "*.Tests.ps1")
                .Where(file => !general.Contains(Path.GetFileName(file)))
                .Select(File.ReadAllText)
        );
        Assert.All(Repository.ExportedCmdlets, name => Assert.Matches(Regex.Escape(name) + @"(?![\w-])", tests));
    }

    [Fact]
    public void Commands_are_sealed_classes_on_our_base_named_after_verb_and_noun() =>
        AssertNone(
            Command.All.Where(command =>
                !command.Type.IsSealed
                || !command.Type.IsSubclassOf(typeof(MembraneCommand))
                || command.Type.Name != command.Verb + command.Noun + "Command"
            )
        );

    [Fact]
    public void Verbs_are_approved_and_nouns_are_singular_and_ours() =>
        AssertNone(
            Command.All.Where(command =>
                !Verbs.Contains(command.Verb)
                || !command.Noun.StartsWith("Membrane", StringComparison.Ordinal)
                || Regex.IsMatch(command.Noun, "[^s]s$")
            )
        );

    [Fact]
    public void Every_command_says_what_it_emits() => AssertNone(Command.All.Where(command => !command.HasOutputType));

    [Fact]
    public void Every_command_that_changes_something_can_be_rehearsed() =>
        AssertNone(
            // Signing in changes nothing but this session; testing names the changing verbs that do.
            Command.All.Where(command => ChangingVerbs.Contains(command.Verb) && !command.SupportsShouldProcess)
        );

    [Fact]
    public void Every_command_that_lists_pages_supports_First_and_Skip() =>
        AssertNone(Command.All.Where(command => command.Type.IsSubclassOf(typeof(MembraneListCommand)) && !command.SupportsPaging));

    [Fact]
    public void Every_command_that_calls_the_API_takes_a_context() =>
        AssertNone(
            Command.All.Where(command =>
                command.Type.IsSubclassOf(typeof(MembraneApiCommand)) && command.Parameters.All(parameter => parameter.Name != "Context")
            )
        );

    [Fact]
    public void Parameters_are_PascalCase_and_not_reserved() =>
        AssertNone(
            from command in Command.All
            from parameter in command.Parameters
            where !Regex.IsMatch(parameter.Name, "^[A-Z][A-Za-z0-9]*$") || ReservedNames.Contains(parameter.Name)
            select $"{command} -{parameter.Name}"
        );

    [Fact]
    public void Every_parameter_and_command_is_documented()
    {
        var documented = XDocument
            .Load(Path.ChangeExtension(typeof(MembraneCommand).Assembly.Location, ".xml"))
            .Descendants("member")
            .Select(member => member.Attribute("name")!.Value)
            .ToHashSet(StringComparer.Ordinal);
        AssertNone(
            from command in Command.All
            from name in command
                .Parameters.Select(parameter => $"P:{Definition(parameter.DeclaringType!).FullName}.{parameter.Name}")
                .Append("T:" + command.Type.FullName)
            where !documented.Contains(name)
            select name
        );
    }

    [Fact]
    public void There_is_no_static_mutable_state() =>
        AssertNone(
            from type in typeof(MembraneCommand)
                .Assembly.GetTypes()
                .Concat(typeof(Client.MembraneClient).Assembly.GetTypes())
                .Concat(typeof(Connection).Assembly.GetTypes())
            where !type.IsDefined(typeof(System.Runtime.CompilerServices.CompilerGeneratedAttribute))
            from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            where !field.IsInitOnly && !field.IsLiteral && !field.Name.Contains('<', StringComparison.Ordinal)
            select $"{type}.{field.Name}"
        );

    [Fact]
    public void Every_type_that_commands_emit_has_a_view()
    {
        var viewed = XDocument
            .Load(Path.Combine(Repository.StagedModule, "Membrane.Format.ps1xml"))
            .Descendants("TypeName")
            .Select(name => name.Value)
            .ToHashSet(StringComparer.Ordinal);
        AssertNone(
            from command in Command.All
            from attribute in command.Type.CustomAttributes
            where attribute.AttributeType.Name == "OutputTypeAttribute"
            from argument in (IEnumerable<CustomAttributeTypedArgument>)attribute.ConstructorArguments[0].Value!
            let type = (Type)argument.Value!
            where type.Namespace == "Membrane" && !viewed.Contains(type.FullName!)
            select type.FullName
        );
    }

    private static Type Definition(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : type;

    private static void AssertNone<T>(IEnumerable<T> found) => Assert.Empty(found.Distinct());
}
