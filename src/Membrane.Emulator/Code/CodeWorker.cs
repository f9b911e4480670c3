using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Emulator.Http;
using Membrane.Emulator.Json;

namespace Membrane.Emulator.Code;

/// <summary>One process that runs code, one run after the other.</summary>
internal sealed class CodeWorker : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly StreamReader lines;
    private readonly CodeLimits limits;
    private readonly Task<string> complaints;
    private bool isReady;

    public CodeWorker(string file, CodeLimits limits)
    {
        this.limits = limits;
        var start = new ProcessStartInfo(DotNet(), $"exec \"{file}\"")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = Path.GetDirectoryName(file)!,
        };

        // The secret of the workspace may be among them, and code has no use for any.
        foreach (var name in start.Environment.Keys.Where(IsOfWorkspace).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["DOTNET_GCHeapHardLimit"] = limits.Memory.ToString("X", CultureInfo.InvariantCulture);
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception error)
        {
            throw new ApiException(
                501,
                "custom_code",
                "not_implemented",
                $"Code needs the program 'dotnet', which did not start: {error.Message}"
            );
        }

        Lower(process);
        lines = new StreamReader(process.StandardOutput.BaseStream, new UTF8Encoding(false));
        complaints = FirstOf(process.StandardError);
    }

    /// <summary>Whether it can take another run.</summary>
    public bool IsUsable { get; private set; } = true;

    public async Task<CodeOutcome> Run(CodeRun run, CancellationToken cancellation)
    {
        IsUsable = false;

        // What the code has asked for ends with it.
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            return await Serve(run, over.Token);
        }
        finally
        {
            over.Cancel();
        }
    }

    public void Dispose()
    {
        Kill();
        process.Dispose();
    }

    private async Task<CodeOutcome> Serve(CodeRun run, CancellationToken cancellation)
    {
        var logs = new JsonArray();
        if (!isReady)
        {
            isReady = await Next(new CodeBudget(process, Start, TimeSpan.MaxValue), cancellation) is not null;
        }

        var budget = new CodeBudget(process, limits.Duration, limits.Processor);
        await Send(
            new JsonObject { ["code"] = run.Code, ["argument"] = Encoding.UTF8.GetString(EmulatorJson.ToBytes(run.Argument)) },
            cancellation
        );
        while (await Next(budget, cancellation) is { } line)
        {
            if (line.Member("log") is { } log)
            {
                logs.Add(EmulatorJson.ToNode(log));
            }
            else if (line.Member("call") is { } call)
            {
                var answer = Answer(run, call, cancellation);
                if (!await IsInTime(answer, budget, cancellation))
                {
                    break;
                }

                await Send(await answer, cancellation);
            }
            else
            {
                // One that came to a limit may be the worse for it.
                IsUsable = line.Member("error")?.Flag("isLimit") != true;
                return line.Member("error") is { } error
                    ? new CodeOutcome(null, logs, CodeFailure.Of(run.Code, error, logs))
                    : Output(run.Code, line.Text("output"), logs);
            }
        }

        Kill();
        return new CodeOutcome(null, logs, CodeFailure.Of(budget.Broken ?? await Complaint(), logs));
    }

    private static CodeOutcome Output(string code, string? text, JsonArray logs)
    {
        try
        {
            return new CodeOutcome(
                text is null ? null : EmulatorJson.ToNode(EmulatorJson.ParseForeign(Encoding.UTF8.GetBytes(text))),
                logs,
                null
            );
        }
        catch (JsonException error)
        {
            return new CodeOutcome(null, logs, CodeFailure.Of("Error: The code returned JSON that is not taken: " + error.Message, logs));
        }
    }

    private static async Task<JsonObject> Answer(CodeRun run, JsonElement call, CancellationToken cancellation)
    {
        var path = call.Text("path")!;
        var question = path.IndexOf('?');
        var body = call.Text("body");
        var reply = await run.Call(
            new IncomingRequest(
                call.Text("method")!,
                question < 0 ? path : path.Substring(0, question),
                question < 0 ? "" : path.Substring(question + 1),
                [],
                body is null ? null : "application/json"
            )
            {
                Body = body is null ? [] : Encoding.UTF8.GetBytes(body),
            },
            cancellation
        );
        var isJson = reply.Body.Length > 0 && reply.ContentType?.StartsWith("application/json", StringComparison.Ordinal) == true;
        return new JsonObject
        {
            ["status"] = reply.Status,
            ["body"] = isJson ? EmulatorJson.ToNode(EmulatorJson.Parse(reply.Body, 1)) : Encoding.UTF8.GetString(reply.Body),
        };
    }

    /// <summary>Waits for the next line; null when no more come, because the process has ended or was ended.</summary>
    private async Task<JsonElement?> Next(CodeBudget budget, CancellationToken cancellation)
    {
        var line = Line();
        if (!await IsInTime(line, budget, cancellation))
        {
            return null;
        }

        try
        {
            return await line is { } text ? EmulatorJson.Parse(text) : null;
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or JsonException)
        {
            // A process that is ended while it writes.
            return null;
        }
    }

    /// <summary>Waits for what a run needs; returns false, and ends the process, if the run takes too much before.</summary>
    private async Task<bool> IsInTime(Task needed, CodeBudget budget, CancellationToken cancellation)
    {
        do
        {
            // Also when it is there already: code that always has something to say would never be ended.
            if (cancellation.IsCancellationRequested || budget.IsSpent())
            {
                Kill();
                cancellation.ThrowIfCancellationRequested();
                return false;
            }
        } while (await Task.WhenAny(needed, Task.Delay(Look, cancellation)) != needed);

        return true;
    }

    // What reads is ended with the process, not before: half a line would be of no use.
    private Task<string?> Line() => lines.ReadLineAsync();

    private async Task Send(JsonObject message, CancellationToken cancellation)
    {
        var bytes = EmulatorJson.ToBytes(message);
        var input = process.StandardInput.BaseStream;
        try
        {
            await input.WriteAsync(bytes, 0, bytes.Length, cancellation);
            await input.WriteAsync([(byte)'\n'], 0, 1, cancellation);
            await input.FlushAsync(cancellation);
        }
        catch (Exception error) when (error is IOException or InvalidOperationException)
        {
            // It has ended: the next line that is waited for says so.
        }
    }

    private async Task<string> Complaint()
    {
        var said = await complaints;
        return said.IndexOf("Stack overflow", StringComparison.OrdinalIgnoreCase) >= 0
                ? "RangeError: The code was ended: its calls are nested too deeply."
            : said.IndexOf("memory", StringComparison.OrdinalIgnoreCase) >= 0
                ? $"RangeError: The code was ended: it needs more than {limits.Memory / 1024 / 1024} MB of memory."
            : "Error: The code was ended: its process broke down.";
    }

    /// <summary>Keeps the beginning and lets the rest go: of an exhausted stack there are megabytes.</summary>
    private static async Task<string> FirstOf(StreamReader reader)
    {
        var first = new StringBuilder();
        var buffer = new char[1024];
        for (int read; (read = await reader.ReadAsync(buffer, 0, buffer.Length)) > 0; )
        {
            if (first.Length < buffer.Length)
            {
                first.Append(buffer, 0, read);
            }
        }

        return first.ToString();
    }

    private static bool IsOfWorkspace(string variable) => variable.StartsWith("MEMBRANE_", StringComparison.OrdinalIgnoreCase);

    private static void Lower(Process process)
    {
        try
        {
            process.PriorityClass = ProcessPriorityClass.BelowNormal;
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException or NotSupportedException)
        {
            // Some systems do not let it; it may also have ended already, which the next read tells.
        }
    }

    private void Kill()
    {
        IsUsable = false;
        try
        {
            process.Kill();
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception)
        {
            // It has ended by itself.
        }
    }

    // The program that runs this one need not be on the path.
    private static string DotNet()
    {
        var runtime = RuntimeEnvironment.GetRuntimeDirectory();
        var name = Path.DirectorySeparatorChar == '\\' ? "dotnet.exe" : "dotnet";
        var beside = Path.GetFullPath(Path.Combine(runtime, "..", "..", "..", name));
        return File.Exists(beside) ? beside : "dotnet";
    }
}
