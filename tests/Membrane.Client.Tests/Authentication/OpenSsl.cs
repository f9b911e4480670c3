using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using Xunit;

namespace Membrane.Client.Tests.Authentication;

/// <summary>The program openssl, in a folder of its own.</summary>
internal sealed class OpenSsl : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("openssl-").FullName;

    public static bool IsInstalled
    {
        get
        {
            try
            {
                using var process = Process.Start(new ProcessStartInfo("openssl", "version") { RedirectStandardOutput = true });
                process!.WaitForExit();
                return process.ExitCode == 0;
            }
            catch (Win32Exception)
            {
                return false;
            }
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>Runs it on files of the folder.</summary>
    public void Run(string arguments) => Assert.True(TryRun(arguments, out var errors), $"openssl {arguments}: {errors}");

    public bool TryRun(string arguments, out string errors)
    {
        using var process = Process.Start(
            new ProcessStartInfo("openssl", arguments)
            {
                WorkingDirectory = folder,
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            }
        )!;
        var output = process.StandardOutput.ReadToEndAsync();
        errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        errors += output.Result;
        return process.ExitCode == 0;
    }

    public byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(folder, name));

    public string Text(string name) => File.ReadAllText(Path.Combine(folder, name));

    public void Write(string name, byte[] content) => File.WriteAllBytes(Path.Combine(folder, name), content);
}
