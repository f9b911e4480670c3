using System;
using System.Diagnostics;
using System.Threading.Tasks;
using Membrane.Emulator.Tests.Support;
using Xunit;

namespace Membrane.Emulator.Tests;

public sealed class ProgramTests
{
    [Theory]
    [InlineData("--catalog", "nonsense\n")]
    [InlineData("--catalog", "{}")]
    [InlineData("--catalog", "[{}]")]
    [InlineData("--state", "something else")]
    public async Task A_wrong_file_is_told_in_one_line(string option, string content)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            new[]
            {
                typeof(EmulatorHost).Assembly.Location,
                "--port",
                "0",
                "--workspace-key",
                "key",
                "--workspace-secret",
                "secret",
                option,
                TestFiles.Write(content),
            }
        )
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using var program = Process.Start(start)!;
        var errors = await program.StandardError.ReadToEndAsync();
        await program.WaitForExitAsync();

        Assert.Equal(1, program.ExitCode);
        Assert.StartsWith(
            "Membrane emulator: ",
            Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)),
            StringComparison.Ordinal
        );
    }
}
