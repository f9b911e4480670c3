using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Xunit;

namespace Membrane.PowerShell.Tests;

/// <summary>The client is a library of its own: what it says names neither commands nor parameters of the module.</summary>
public sealed class ClientMessageTests
{
    // What these write is script, for people who have the module.
    private static readonly string[] ScriptWriters = ["Verbs", "ModuleScript", "CommandHelp", "CommandScript", "SmokeTest", "ScriptText"];

    [Fact]
    public void Texts_of_the_client_name_no_command_parameter_or_help_topic_of_the_module()
    {
        using var module = ModuleDefinition.ReadModule(typeof(Membrane.Client.MembraneClient).Assembly.Location);

        Assert.Equal([], Texts(module).Where(static text => NamesTheModule(text.Text)).Select(static text => text.Type + ": " + text.Text));
    }

    [Theory]
    [InlineData("Wait longer with -TimeoutSec.")]
    [InlineData("-Strict is OpenAI's")]
    [InlineData("Sign in again with Connect-Membrane.")]
    [InlineData("Look with Get-MembraneConnection")]
    [InlineData("an object that a Get- or Find- command shows")]
    [InlineData("See about_Membrane_Authentication.")]
    [InlineData("Pass at least one field with -")]
    public void A_text_of_the_module_is_recognized(string text) => Assert.True(NamesTheModule(text));

    [Theory]
    [InlineData("-----BEGIN PUBLIC KEY-----")]
    [InlineData("X-Request-Id")]
    [InlineData("-Infinity")]
    [InlineData("2025-10-21T00:00:00")]
    [InlineData("Use RS256, or leave it out - it is the default.")]
    public void A_text_of_a_library_is_not(string text) => Assert.False(NamesTheModule(text));

    private static bool NamesTheModule(string text) =>
        Regex.IsMatch(text, @"(?<![\w-])-(?!Infinity$)[A-Z][a-z]\w*|\b[A-Z][a-z]+-(Membrane|(?=\s))|about_Membrane|\s-$");

    private static IEnumerable<(string Type, string Text)> Texts(ModuleDefinition module) =>
        from type in module.GetTypes()
        where !ScriptWriters.Contains((type.DeclaringType ?? type).Name, StringComparer.Ordinal)
        from method in type.Methods
        where method.HasBody
        from instruction in method.Body.Instructions
        where instruction.OpCode == OpCodes.Ldstr
        select (type.FullName, (string)instruction.Operand);
}
