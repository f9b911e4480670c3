using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace Membrane.PowerShell.Tokens;

/// <summary>
/// Follows what a command emits through the script that called it, to where it is written as JSON. ConvertTo-Json asks no object how it
/// wants to be written, so an object that must not end there can only be noticed before it does.
/// </summary>
internal sealed class JsonUse
{
    // Azure Functions writes the body of a response as JSON.
    private static readonly string[] Writers = ["ConvertTo-Json", "Push-OutputBinding"];

    private static readonly string[] Carriers = ["Select-Object", "Where-Object", "Sort-Object", "ForEach-Object", "Write-Output"];

    // A script that makes many tokens makes them in a few places, and reading a long one takes as long as a hundred tokens.
    private static readonly ConditionalWeakTable<string, ConcurrentDictionary<(int Line, int Column), CommandAst?>> Known = new();

    private readonly Ast script;
    private readonly Queue<Ast> sources = new();
    private readonly HashSet<Ast> seen = [];

    private JsonUse(Ast script) => this.script = script;

    /// <summary>Returns the command that writes what is emitted as JSON, or null.</summary>
    /// <param name="call">The call of the command.</param>
    public static CommandAst? Find(InvocationInfo call)
    {
        var caller = Runspace.DefaultRunspace.Debugger.GetCallStack().FirstOrDefault()?.Position.StartScriptPosition?.GetFullScript();
        var text = caller ?? call.Line;
        if (text is null || !Writers.Any(name => text.IndexOf(name, StringComparison.OrdinalIgnoreCase) >= 0))
        {
            return null;
        }

        return Known
            .GetValue(text, static _ => new ConcurrentDictionary<(int Line, int Column), CommandAst?>())
            .GetOrAdd((caller is null ? 1 : call.ScriptLineNumber, call.OffsetInLine), place => Find(text, place.Line, place.Column));
    }

    private static CommandAst? Find(string text, int line, int column)
    {
        var use = new JsonUse(Parser.ParseInput(text, out _, out _));
        use.Follow(use.All<CommandAst>(ast => ast.Extent.StartLineNumber == line && ast.Extent.StartColumnNumber == column));
        while (use.sources.Count > 0)
        {
            if (use.WriterOf(use.sources.Dequeue()) is { } writer)
            {
                return writer;
            }
        }

        return null;
    }

    private static bool Is(CommandAst command, string[] names) =>
        command.GetCommandName() is { } name && names.Contains(name, StringComparer.OrdinalIgnoreCase);

    private IEnumerable<T> All<T>(Func<T, bool> predicate)
        where T : Ast => script.FindAll(ast => ast is T found && predicate(found), searchNestedScriptBlocks: true).Cast<T>();

    private void Follow(IEnumerable<Ast> values)
    {
        foreach (var value in values.Where(seen.Add))
        {
            sources.Enqueue(value);
        }
    }

    // Goes up from a value as long as what is around it has the value as a part.
    private CommandAst? WriterOf(Ast value)
    {
        for (var (part, whole) = (value, value.Parent); whole is not null; (part, whole) = (whole, whole.Parent))
        {
            switch (whole)
            {
                case PipelineAst pipeline:
                    var next = pipeline.PipelineElements.SkipWhile(element => element != part).Skip(1).Cast<CommandAst>();
                    if (next.FirstOrDefault(command => !Is(command, Carriers)) is { } receiver)
                    {
                        return Is(receiver, Writers) ? receiver : null;
                    }

                    break;
                case CommandAst command when Is(command, Writers):
                    return command;
                case CommandAst command when !Is(command, Carriers) && command.InvocationOperator == TokenKind.Unknown:
                case MemberExpressionAst:
                case BinaryExpressionAst:
                case ExpandableStringExpressionAst:
                    return null;
                case AssignmentStatementAst assignment:
                    FollowVariable(assignment, part);
                    return null;
                case FunctionDefinitionAst function:
                    Follow(
                        All<CommandAst>(call => string.Equals(call.GetCommandName(), function.Name, StringComparison.OrdinalIgnoreCase))
                    );
                    return null;
            }
        }

        return null;
    }

    private void FollowVariable(AssignmentStatementAst assignment, Ast part)
    {
        if (
            part == assignment.Right
            && assignment.Left.Find(static ast => ast is VariableExpressionAst, false) is VariableExpressionAst target
        )
        {
            var name = target.VariablePath.UserPath;
            Follow(
                All<VariableExpressionAst>(variable =>
                    string.Equals(variable.VariablePath.UserPath, name, StringComparison.OrdinalIgnoreCase)
                    && variable.Extent.StartOffset > assignment.Extent.EndOffset - 1
                )
            );
        }
    }
}
