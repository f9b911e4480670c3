using System;
using System.Diagnostics;
using System.Linq;

namespace Membrane.Emulator.Tests.Support;

/// <summary>The emulator as a process of its own.</summary>
internal sealed class EmulatorProgram : IDisposable
{
    private const string Ready = "Membrane emulator listening on ";

    public EmulatorProgram(params string[] arguments)
    {
        var all = new[] { typeof(EmulatorHost).Assembly.Location, "--port", "0" }.Concat(arguments).ToArray();
        var start = new ProcessStartInfo("dotnet", all) { RedirectStandardOutput = true, RedirectStandardError = true };
        Process = Process.Start(start)!;
        Process.ErrorDataReceived += (_, _) => { };
        Process.BeginErrorReadLine();
        var line = Process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The program ended before it was ready.");
        BaseUri = new Uri(
            line.StartsWith(Ready, StringComparison.Ordinal) ? line[Ready.Length..] : throw new InvalidOperationException(line)
        );
    }

    public Process Process { get; }

    public Uri BaseUri { get; }

    public void Dispose()
    {
        if (!Process.HasExited)
        {
            Process.Kill();
        }

        Process.Dispose();
    }
}
