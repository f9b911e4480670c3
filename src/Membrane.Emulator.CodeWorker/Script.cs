using System;
using System.IO;
using System.Text.RegularExpressions;
using System.Threading;
using Jint;
using Jint.Native;
using Jint.Runtime;
using Jint.Runtime.Interop;
using Jint.Runtime.Modules;

namespace Membrane.Emulator.CodeWorker;

/// <summary>One run of a script: a module that exports a function, in an engine of its own.</summary>
/// <param name="code">The module.</param>
/// <param name="argument">What the function is called with, as JSON.</param>
internal sealed class Script(string code, string argument)
{
    /// <summary>What the module is called in stacks.</summary>
    public const string Name = "code.js";

    /// <summary>How long the returned JSON may be, in characters.</summary>
    private const int LongestOutput = 20_000_000;

    private const int RecursionLimit = 2_000;
    private const int LargestArray = 10_000_000;
    private const int DeepestJson = 256;

    private static readonly string Prelude = ReadPrelude();
    private static readonly TimeSpan RegexTime = TimeSpan.FromSeconds(1);

    private ScriptEnd? end;

    /// <summary>Runs the script to its end.</summary>
    public ScriptEnd Run(Host host)
    {
        var limits = new ScriptLimits();
        try
        {
            using var engine = new Engine(options => Limit(options, limits));
            limits.Engine = engine;
            var parts = engine.Evaluate(Prelude, "membrane.js").AsObject();
            var start = parts
                .Get("prepare")
                .Call(
                    Function(engine, "send", arguments => host.Call(arguments[0].AsString(), arguments[1].AsString(), Text(arguments[2]))),
                    Function(engine, "write", arguments => Done(() => host.Log(arguments[0].AsString(), arguments[1].AsString()))),
                    Function(engine, "succeed", arguments => Done(() => end ??= Succeeded(Text(arguments[0])))),
                    Function(
                        engine,
                        "fail",
                        arguments => Done(() => end ??= new ScriptEnd(null, ScriptFailure.Of(arguments[0].AsString(), Text(arguments[1]))))
                    )
                )
                .AsObject();
            engine.Modules.Add(Name, code);
            var module = engine.Modules.Import(Name);
            start.Get("run").Call(module.Get("default"), argument);
            engine.Advanced.ProcessTasks();
            while (end is null)
            {
                var wait = start.Get("next").Call().AsNumber();
                if (wait < 0)
                {
                    return Failed("Error: The code never ends: it waits for a promise that nothing settles.", null);
                }

                Thread.Sleep((int)Math.Min(wait, 60_000));
                start.Get("fire").Call();
                engine.Advanced.ProcessTasks();
            }

            return end;
        }
        catch (Exception error)
        {
            return end ?? new ScriptEnd(null, Explain(error, limits.Stack));
        }
    }

    private static void Limit(Options options, ScriptLimits limits)
    {
        options.Constraint(limits);
        options.LimitRecursion(RecursionLimit);
        options.MaxJsonParseDepth(DeepestJson);
        options.MaxArraySize(LargestArray);
        options.RegexTimeoutInterval(RegexTime);
        options.EnableModules(new NoModules());
        options.Constraints.StackOverflowGuard = true;
        options.Constraints.MaxAtomicsPauseIterations = 1;
        options.AgentCanSuspend = false;
        options.TimeZone = TimeZoneInfo.Utc;
        options.Culture = System.Globalization.CultureInfo.InvariantCulture;
    }

    private static ScriptEnd Succeeded(string? output) =>
        output?.Length > LongestOutput
            ? Failed($"RangeError: The code returned more than {LongestOutput:N0} characters of JSON.", null)
            : new ScriptEnd(output, null);

    private static ScriptEnd Failed(string message, string? stack) => new(null, ScriptFailure.Of(message, stack));

    private static ScriptFailure Explain(Exception error, string? stack) =>
        error switch
        {
            JavaScriptException thrown => ScriptFailure.Of(Told(thrown.Error), thrown.JavaScriptStackTrace),
            Acornima.ParseErrorException syntax => ScriptFailure.Of(
                $"SyntaxError: {syntax.Description} ({Name}:{syntax.LineNumber}:{syntax.Column + 1})",
                null
            ),
            ScriptPreparationException { InnerException: { } inner } => Explain(inner, stack),
            PromiseRejectedException rejected => ScriptFailure.Of(Told(rejected.RejectedValue), stack),
            ModuleResolutionException missing => ScriptFailure.Of("Error: " + missing.ResolverAlgorithmError, stack),
            _ => ScriptFailure.Of(Limit(error), stack) with { IsLimit = true },
        };

    private static string Limit(Exception error) =>
        error switch
        {
            RecursionDepthOverflowException => $"RangeError: The code was ended: its calls are nested deeper than {RecursionLimit:N0}.",
            InsufficientExecutionStackException => "RangeError: The code was ended: it is nested too deeply.",
            MemoryLimitExceededException => $"RangeError: The code was ended: it made an array of more than {LargestArray:N0} items.",
            RegexMatchTimeoutException =>
                $"Error: The code was ended: a regular expression took longer than {RegexTime.TotalSeconds} second.",
            OutOfMemoryException => "RangeError: The code was ended: it needs more memory than it may have.",
            TimeoutException => "Error: " + error.Message,
            _ => "Error: The code was ended: " + error.Message,
        };

    private static string Told(JsValue thrown) => thrown.IsObject() ? thrown.ToString() : "Error: " + thrown;

    private static ClrFunction Function(Engine engine, string name, Func<JsValue[], JsValue> work) =>
        new(engine, name, (_, arguments) => work(arguments));

    private static JsValue Done(Action work)
    {
        work();
        return JsValue.Undefined;
    }

    private static string? Text(JsValue value) => value.IsString() ? value.AsString() : null;

    private static string ReadPrelude()
    {
        using var stream = typeof(Script).Assembly.GetManifestResourceStream("Prelude.js")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
