using System;
using System.Collections.Concurrent;
using System.IO;
using System.Text;
using System.Threading;

namespace Membrane.Emulator.CodeWorker;

/// <summary>Runs code, one script after the other: each line of standard input is one run, and the lines of standard output are what it has to say.</summary>
internal static class Program
{
    /// <summary>Room for scripts that call themselves, on every system alike.</summary>
    private const int StackBytes = 64 * 1024 * 1024;

    private static readonly BlockingCollection<string> Lines = [];

    /// <summary>Ends when the emulator has gone: no one waits for what still runs then, which may never end by itself.</summary>
    private static void Main()
    {
        var host = new Host(Lines.Take, new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)) { AutoFlush = true });
        new Thread(() => Serve(host), StackBytes) { IsBackground = true }.Start();
        using var input = new StreamReader(Console.OpenStandardInput(), new UTF8Encoding(false));
        while (input.ReadLine() is { } line)
        {
            Lines.Add(line);
        }
    }

    private static void Serve(Host host)
    {
        // The first engine is slow: no run has to wait for it.
        new Script("export default () => 1", "{}").Run(new Host(static () => "", TextWriter.Null));
        host.Ready();
        while (true)
        {
            (var code, var argument) = host.NextRun();
            host.End(new Script(code, argument).Run(host));
        }
    }
}
