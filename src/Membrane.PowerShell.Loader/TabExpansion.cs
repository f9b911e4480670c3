using System;
using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace Membrane.PowerShell.Loader;

/// <summary>
/// Stands before TabExpansion2, the function that PowerShell asks what Tab offers: it asks no completer of a parameter for the keys of a
/// hashtable. Anything else goes to the function that was there.
/// </summary>
public static class TabExpansion
{
    private const string Name = "function:global:TabExpansion2";

    // The type by its name: for a [Type] PowerShell looks in every assembly as soon as the script is made, which is at each import.
    private const string Here = "('Membrane.PowerShell.Loader.TabExpansion' -as [type])";

    // What an import puts in place. The function itself, whose parameters take longer to read, comes with the first Tab.
    private const string Stub = $"& ({Here}::Unfold($ExecutionContext)) @args";

    // Without variables of its own, which would be offered too, and of no module, whose variables would be.
    private const string Script = $$"""
        [CmdletBinding(DefaultParameterSetName = 'ScriptInputSet')]
        [OutputType([System.Management.Automation.CommandCompletion])]
        param(
            [Parameter(ParameterSetName = 'ScriptInputSet', Mandatory, Position = 0)] [AllowEmptyString()] [string] $inputScript,
            [Parameter(ParameterSetName = 'ScriptInputSet', Position = 1)] [int] $cursorColumn = $inputScript.Length,
            [Parameter(ParameterSetName = 'AstInputSet', Mandatory, Position = 0)] [System.Management.Automation.Language.Ast] $ast,
            [Parameter(ParameterSetName = 'AstInputSet', Mandatory, Position = 1)] [System.Management.Automation.Language.Token[]] $tokens,
            [Parameter(ParameterSetName = 'AstInputSet', Mandatory, Position = 2)] [System.Management.Automation.Language.IScriptPosition] $positionOfCursor,
            [Parameter(ParameterSetName = 'ScriptInputSet', Position = 2)] [Parameter(ParameterSetName = 'AstInputSet', Position = 3)] [hashtable] $options
        )
        end {
            if ({{Here}}::Ask($PSBoundParameters, $ExecutionContext)) { {{Here}}::Answer }
            else { & ({{Here}}::Original) @PSBoundParameters }
        }
        """;

    private static readonly ConditionalWeakTable<Runspace, Place> Places = new();

    private static readonly Lazy<Func<string, int, EngineIntrinsics, object?>> Complete = new(static () =>
        ModuleLoader.Find<Func<string, int, EngineIntrinsics, object?>>("Membrane.PowerShell.Actions.InputKeyCompletion", "Complete")
    );

    /// <summary>The function that was there.</summary>
    public static ScriptBlock Original => Current.Original;

    /// <summary>What was found last.</summary>
    public static object? Answer => Current.Answer;

    private static Place Current =>
        Places.TryGetValue(Runspace.DefaultRunspace, out var place)
            ? place
            : throw new InvalidOperationException("The module Membrane is not imported in this session.");

    /// <summary>Puts the function in place until the module is removed. A session without it, which completes nothing, is left as it is.</summary>
    /// <param name="module">The module.</param>
    public static void Install(PSModuleInfo module)
    {
        var variables = module.SessionState.PSVariable;
        if (variables.GetValue(Name) is not ScriptBlock present || IsOurs(present))
        {
            return;
        }

        // Another module's function, put in place after an earlier import, may ask ours: to stand before it as well would never end.
        if (Places.GetValue(Runspace.DefaultRunspace, _ => new Place(present)).Original.ToString() == present.ToString())
        {
            variables.Set(Name, ScriptBlock.Create(Stub));
        }

        module.OnRemove = ScriptBlock.Create($"{Here}::Remove($ExecutionContext)");
    }

    /// <summary>Returns the function, and puts it in the place of its stub, unless another module's stands there, which asks the stub.</summary>
    /// <param name="engine">The session.</param>
    public static ScriptBlock Unfold(EngineIntrinsics engine)
    {
        var function = Current.Function ??= ScriptBlock.Create(Script);
        if (engine.SessionState.PSVariable.GetValue(Name) is ScriptBlock present && present.ToString() == Stub)
        {
            engine.SessionState.PSVariable.Set(Name, function);
        }

        return function;
    }

    /// <summary>Puts the function back that was there, unless there is another one by now.</summary>
    /// <param name="engine">The session.</param>
    public static void Remove(EngineIntrinsics engine)
    {
        if (engine.SessionState.PSVariable.GetValue(Name) is ScriptBlock current && IsOurs(current))
        {
            engine.SessionState.PSVariable.Set(Name, Original);
        }
    }

    /// <summary>Returns whether there is an answer.</summary>
    /// <param name="arguments">The arguments of TabExpansion2.</param>
    /// <param name="engine">The session.</param>
    public static bool Ask(IDictionary arguments, EngineIntrinsics engine)
    {
        var position = arguments["positionOfCursor"] as IScriptPosition;
        var text = arguments["inputScript"] as string ?? position?.GetFullScript();
        Current.Answer = text is null
            ? null
            : Complete.Value(text, arguments["cursorColumn"] as int? ?? position?.Offset ?? text.Length, engine);
        return Current.Answer is not null;
    }

    private static bool IsOurs(ScriptBlock function) => function.ToString() is Stub or Script;

    private sealed class Place(ScriptBlock original)
    {
        public ScriptBlock Original { get; } = original;

        public ScriptBlock? Function { get; set; }

        public object? Answer { get; set; }
    }
}
