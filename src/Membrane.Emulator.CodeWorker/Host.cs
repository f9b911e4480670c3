using System;
using System.IO;
using System.Text.Json;

namespace Membrane.Emulator.CodeWorker;

/// <summary>The emulator at the other end of standard input and output: one JSON object a line, either way.</summary>
/// <param name="nextLine">Waits for the next line of the emulator.</param>
/// <param name="output">Takes the lines for the emulator.</param>
internal sealed class Host(Func<string> nextLine, TextWriter output)
{
    /// <summary>How long all that a run writes into its log may be, in characters.</summary>
    private const int LogLimit = 16_000;

    private int logged;

    /// <summary>Says that runs can come.</summary>
    public void Ready() => Write(static writer => writer.WriteBoolean("ready", true));

    /// <summary>Waits for the next run.</summary>
    public (string Code, string Argument) NextRun()
    {
        logged = 0;
        using var run = JsonDocument.Parse(nextLine());
        return (run.RootElement.GetProperty("code").GetString()!, run.RootElement.GetProperty("argument").GetString()!);
    }

    /// <summary>Sends a request to the workspace, and gives its answer: <c>{ "status", "body" }</c> as text.</summary>
    public string Call(string method, string path, string? body)
    {
        Write(writer =>
        {
            writer.WriteStartObject("call");
            writer.WriteString("method", method);
            writer.WriteString("path", path);
            writer.WriteString("body", body);
            writer.WriteEndObject();
        });
        return nextLine();
    }

    /// <summary>Writes into the log of the run; what is too much is left out, and that is said.</summary>
    public void Log(string level, string message)
    {
        if (logged > LogLimit)
        {
            return;
        }

        logged += message.Length + 1;
        var text = logged > LogLimit ? $"The log ends here: it is longer than {LogLimit:N0} characters." : message;
        Write(writer =>
        {
            writer.WriteStartObject("log");
            writer.WriteString("level", level);
            writer.WriteString("message", text);
            writer.WriteEndObject();
        });
    }

    /// <summary>Says how a run has ended.</summary>
    public void End(ScriptEnd end) =>
        Write(writer =>
        {
            if (end.Failure is not { } failure)
            {
                writer.WriteString("output", end.Output);
                return;
            }

            writer.WriteStartObject("error");
            writer.WriteString("message", failure.Message);
            writer.WriteString("stack", failure.Stack);
            writer.WriteBoolean("isLimit", failure.IsLimit);
            if (failure.Line > 0)
            {
                writer.WriteNumber("line", failure.Line);
                writer.WriteNumber("column", failure.Column);
            }

            writer.WriteEndObject();
        });

    private void Write(Action<Utf8JsonWriter> members)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        output.WriteLine(System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }
}
