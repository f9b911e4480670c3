using System;
using System.IO;
using System.Text;
using System.Threading;

namespace Membrane.Emulator.CodeWorker;

/// <summary>Runs code, one script after the other: each line of standard input is one run, and the lines of standard output are what it has to say.</summary>
internal static class Program
{
    /// <summary>Room for scripts that call themselves, on every system alike.</summary>
    private const int StackBytes = 64 * 1024 * 1024;

    private static int Main()
    {
        var host = new Host(
            new StreamReader(Console.OpenStandardInput(), new UTF8Encoding(false)),
            new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)) { AutoFlush = true }
        );
        var worker = new Thread(() => Serve(host), StackBytes);
        worker.Start();
        worker.Join();
        return 0;
    }

    private static void Serve(Host host)
    {
        // The first engine is slow, and is nobody's run.
        new Script("export default () => 1", "{}").Run(new Host(TextReader.Null, TextWriter.Null));
        host.Ready();
        while (host.NextRun() is { } run)
        {
            host.End(new Script(run.Code, run.Argument).Run(host));
        }
    }
}
