using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using Membrane.Emulator;
using Xunit;

namespace Membrane.PowerShell.Tests;

/// <summary>The client of the 5.1 build, as shipped, in a program for .NET Framework 4.7.2.</summary>
public class FrameworkSmokeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [MonoFact]
    public async Task The_shipped_client_works_in_a_program_for_NET_Framework()
    {
        using var emulator = EmulatorHost.Start(new EmulatorOptions());
        var program = Path.Combine(
            Repository.Root,
            "tests",
            "Membrane.Framework.Smoke",
            "bin",
            Configuration,
            "net472",
            "Membrane.Framework.Smoke.exe"
        );
        var start = new ProcessStartInfo("mono") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { program, emulator.BaseUri.ToString(), emulator.WorkspaceKey, emulator.WorkspaceSecret })
        {
            start.ArgumentList.Add(argument);
        }

        using var mono = Process.Start(start)!;
        var errors = mono.StandardError.ReadToEndAsync();
        var output = mono.StandardOutput.ReadToEndAsync();
        await mono.WaitForExitAsync().WaitAsync(Patience);
        Assert.Equal(string.Empty, await errors);
        Assert.Equal(
            ["token", "paging", "tls", "connection limit", "waiting", "json", "errors", "done"],
            (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries)
        );
        Assert.Equal(0, mono.ExitCode);
    }

    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
}
