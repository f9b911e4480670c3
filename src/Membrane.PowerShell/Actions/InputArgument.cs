using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Actions;

/// <summary>A hashtable that is the input of an action, and what the command line says of the action.</summary>
internal sealed class InputArgument
{
    private static readonly Type[] Commands = [typeof(InvokeMembraneActionCommand), typeof(TestMembraneActionInputCommand)];

    private InputArgument(ActionReference? action, IDictionary values)
    {
        Action = action;
        Values = values;
    }

    /// <summary>The action; null where the line does not name one.</summary>
    public ActionReference? Action { get; }

    /// <summary>The parameters whose values are known without running anything.</summary>
    public IDictionary Values { get; }

    /// <summary>Finds the argument; null where the hashtable is something else.</summary>
    public static InputArgument? Find(HashtablePosition position, EngineIntrinsics engine)
    {
        var tree = Parser.ParseInput(position.Closed, out _, out _);
        var hashtable = tree.Find(
            node => node is HashtableAst && node.Extent.StartOffset == position.Start,
            searchNestedScriptBlocks: true
        );
        if (FindCommand(hashtable) is not { } command || !IsOurs(command, engine))
        {
            return null;
        }

        var bound = StaticParameterBinder.BindCommand(command, resolve: true).BoundParameters;
        if (!bound.TryGetValue("InputObject", out var input) || !Contains(input.Value, hashtable!))
        {
            return null;
        }

        var values = new Hashtable(StringComparer.OrdinalIgnoreCase);
        foreach (var parameter in bound)
        {
            if (Value(parameter.Value.Value, engine) is { } value)
            {
                values[parameter.Key] = value;
            }
        }

        var action = values["Action"] ?? Piped(command, engine);
        return new InputArgument(action is null ? null : (ActionReference?)ActionReference.Reader.Read(action), values);
    }

    private static CommandAst? FindCommand(Ast? node)
    {
        while (node is not null and not CommandAst and not ScriptBlockAst)
        {
            node = node.Parent;
        }

        return node as CommandAst;
    }

    private static bool IsOurs(CommandAst command, EngineIntrinsics engine)
    {
        var name = command.GetCommandName();
        var found = name is null ? null : engine.InvokeCommand.GetCommand(name, CommandTypes.Cmdlet | CommandTypes.Alias);
        return (found is AliasInfo alias ? alias.ResolvedCommand : found) is CmdletInfo cmdlet
            && Commands.Contains(cmdlet.ImplementingType);
    }

    private static bool Contains(Ast? outer, Ast inner) =>
        outer is not null && outer.Extent.StartOffset <= inner.Extent.StartOffset && inner.Extent.EndOffset <= outer.Extent.EndOffset;

    // What an expression would do is unknown: only variables and plain values are looked at.
    private static object? Value(Ast? argument, EngineIntrinsics engine) =>
        argument switch
        {
            VariableExpressionAst variable => engine.SessionState.PSVariable.GetValue(variable.VariablePath.UserPath),
            StringConstantExpressionAst text => text.Value,
            ConstantExpressionAst constant => constant.Value,
            _ => null,
        };

    // $action | Invoke-MembraneAction -InputObject @{
    private static object? Piped(CommandAst command, EngineIntrinsics engine) =>
        command.Parent is PipelineAst pipeline
        && pipeline.PipelineElements.Count > 1
        && pipeline.PipelineElements[1] == command
        && pipeline.PipelineElements[0] is CommandExpressionAst first
            ? Value(first.Expression, engine)
            : null;
}
