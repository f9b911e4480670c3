#if !NETSTANDARD2_0
using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Threading;

namespace Membrane.Emulator;

/// <summary>The emulator as a program.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        var options = Arguments.Read(arguments, Console.Out, Console.Error, out var exitCode);
        if (options is null)
        {
            return exitCode;
        }

        using var stopped = new ManualResetEventSlim();
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stopped.Set();
        }

        // Before the ready line, so that a program that reads it can already end this one properly.
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        EmulatorHost host;
        try
        {
            host = EmulatorHost.Start(options);
        }
        catch (Exception error)
            when (error
                    is IOException
                        or InvalidDataException
                        or JsonException
                        or UnauthorizedAccessException
                        or ArgumentException
                        or NotSupportedException
            )
        {
            Console.Error.WriteLine("Membrane emulator: " + string.Join(" ", error.Message.Split('\r', '\n')));
            return 1;
        }

        Console.Out.WriteLine("Membrane emulator listening on " + $"http://{options.ListenAddress}:{host.BaseUri.Port}");
        Console.Out.Flush();
        stopped.Wait();
        host.Stop();
        return 0;
    }
}
#endif
