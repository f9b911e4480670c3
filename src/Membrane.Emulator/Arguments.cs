using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace Membrane.Emulator;

/// <summary>The options of the program.</summary>
internal static class Arguments
{
    private const string Usage = """
        Usage: Membrane.Emulator [--port PORT] [--workspace-key KEY --workspace-secret SECRET]
                                 [--catalog FILE] [--state FILE] [--seed NUMBER] [--agent-delay MILLISECONDS]

          --port PORT               the port on 127.0.0.1; 0 (the default) takes a free one
          --workspace-key KEY       the workspace key that tokens must name
          --workspace-secret SECRET the secret that tokens are signed with
          --catalog FILE            the apps of the workspace, a JSON array
          --state FILE              keeps the state between two runs
          --seed NUMBER             makes ids repeatable
          --agent-delay MS          how long an agent works on a request, 300 by default

        The secret can be given in the environment variable MEMBRANE_WORKSPACE_SECRET instead.
        """;

    /// <summary>Reads the arguments; null when the program has to end, with its exit code.</summary>
    public static EmulatorOptions? Read(string[] arguments, TextWriter output, TextWriter error, out int exitCode)
    {
        exitCode = 0;
        if (Array.Exists(arguments, argument => argument is "--help" or "-h"))
        {
            output.WriteLine(Usage);
            return null;
        }

        try
        {
            return Read(arguments, error);
        }
        catch (FormatException problem)
        {
            error.WriteLine("Membrane emulator: " + problem.Message);
            error.WriteLine(Usage);
            exitCode = 2;
            return null;
        }
    }

    private static EmulatorOptions Read(string[] arguments, TextWriter error)
    {
        var options = new EmulatorOptions();
        var given = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < arguments.Length; index++)
        {
            var name = arguments[index];
            var equals = name.StartsWith("--", StringComparison.Ordinal) ? name.IndexOf('=') : -1;
            var inline = equals < 0 ? null : name.Substring(equals + 1);
            name = equals < 0 ? name : name.Substring(0, equals);
            var set = Setter(options, name);
            if (!given.Add(name))
            {
                throw new FormatException($"{name} is given twice.");
            }

            var value = inline ?? (index + 1 < arguments.Length ? arguments[++index] : null);
            if (string.IsNullOrEmpty(value))
            {
                throw new FormatException($"{name} needs a value.");
            }

            set(value!);
        }

        if (
            !given.Contains("--workspace-secret")
            && Environment.GetEnvironmentVariable("MEMBRANE_WORKSPACE_SECRET") is { Length: > 0 } secret
            && given.Contains("--workspace-key")
        )
        {
            options.WorkspaceSecret = secret;
            given.Add("--workspace-secret");
        }

        if (given.Contains("--workspace-key") != given.Contains("--workspace-secret"))
        {
            throw new FormatException("--workspace-key and --workspace-secret belong together.");
        }

        if (!given.Contains("--workspace-key"))
        {
            error.WriteLine(
                $"Membrane emulator: using the workspace key '{options.WorkspaceKey}' and the development secret "
                    + $"'{options.WorkspaceSecret}'."
            );
        }

        return options;
    }

    private static Action<string> Setter(EmulatorOptions options, string name) =>
        name switch
        {
            "--port" => value => options.Port = Number(name, value, 0, 65535),
            "--workspace-key" => value => options.WorkspaceKey = value,
            "--workspace-secret" => value => options.WorkspaceSecret = value,
            "--catalog" => value => options.CatalogPath = value,
            "--state" => value => options.StatePath = value,
            "--seed" => value => options.Seed = Number(name, value, int.MinValue, int.MaxValue),
            "--agent-delay" => value => options.AgentWorkMilliseconds = Number(name, value, 0, 600_000),
            _ => throw new FormatException($"Unknown argument '{name}'."),
        };

    private static int Number(string name, string value, int minimum, int maximum) =>
        int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        && number >= minimum
        && number <= maximum
            ? number
            : throw new FormatException($"{name} must be a number of {minimum} to {maximum}, not '{value}'.");
}
