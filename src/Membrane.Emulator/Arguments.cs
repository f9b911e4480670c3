using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using Membrane.Emulator.Http;

namespace Membrane.Emulator;

/// <summary>The command line of the program.</summary>
internal static class Arguments
{
    private const string Port = "--port";
    private const string Listen = "--listen";
    private const string WorkspaceKey = "--workspace-key";
    private const string WorkspaceSecret = "--workspace-secret";
    private const string SecretVariable = "MEMBRANE_WORKSPACE_SECRET";
    private const string Seed = "--seed";
    private const string AgentDelay = "--agent-delay";
    private const string AllowOrigin = "--allow-origin";
    private const string Strict = "--strict";
    private const string AutoApprove = "--auto-approve";

    private static readonly ProgramOption[] All =
    [
        new(
            Port,
            "PORT",
            "the port; 0 (the default) takes a free one",
            static (options, value) => options.Port = Number(Port, value, 0, 65_535)
        ),
        new(
            Listen,
            "ADDRESS",
            "the IPv4 address, 127.0.0.1 by default; 0.0.0.0 in a container",
            static (options, value) => options.ListenAddress = Address(value)
        ),
        new(WorkspaceKey, "KEY", "the workspace key that tokens must name", static (options, value) => options.WorkspaceKey = value),
        new(
            WorkspaceSecret,
            "SECRET",
            $"the secret that tokens are signed with, also taken from {SecretVariable}",
            static (options, value) => options.WorkspaceSecret = value
        ),
        new("--catalog", "FILE", "the apps of the workspace, a JSON array", static (options, value) => options.CatalogPath = value),
        new("--state", "FILE", "keeps the state between two runs", static (options, value) => options.StatePath = value),
        new(
            Seed,
            "NUMBER",
            "makes ids repeatable",
            static (options, value) => options.Seed = Number(Seed, value, int.MinValue, int.MaxValue)
        ),
        new(
            AgentDelay,
            "MILLISECONDS",
            "how long an agent works on a request, 300 by default",
            static (options, value) => options.AgentWorkMilliseconds = Number(AgentDelay, value, 0, 600_000)
        ),
        new(
            AllowOrigin,
            "ORIGINS",
            "whose pages may call the API, besides those of this machine",
            static (options, value) => Origins(options.AllowedOrigins, value)
        ),
        new(
            Strict,
            "",
            "refuses unknown query parameters and read-only members, which are ignored otherwise",
            static (options, _) => options.IsStrict = true
        ),
        new(AutoApprove, "", "approves connections that wait for a person", static (options, _) => options.AutoApprove = true),
    ];

    private static string Usage =>
        string.Join(
            "\n",
            [
                "Usage: membrane-emulator [OPTION VALUE]...",
                "",
                "A local Membrane workspace. It ends on Ctrl-C.",
                "",
                .. All.Select(static option => option.Help),
                $"  {"--version", -28} shows the version",
                $"  {"--help, -h", -28} shows this text",
            ]
        );

    /// <summary>Reads the arguments; null when the program has to end, with its exit code.</summary>
    public static EmulatorOptions? Read(string[] arguments, TextWriter output, TextWriter error, out int exitCode)
    {
        exitCode = 0;
        if (Array.Exists(arguments, argument => argument is "--help" or "-h"))
        {
            output.WriteLine(Usage);
            return null;
        }

        if (arguments.Length == 1 && arguments[0] == "--version")
        {
            output.WriteLine(typeof(Arguments).Assembly.GetName().Version!.ToString(3));
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
            var option =
                Array.Find(All, known => known.Name == name)
                ?? throw new FormatException(
                    name == "--version" ? "--version goes alone, without other options." : $"Unknown argument '{name}'."
                );
            if (!given.Add(name))
            {
                throw new FormatException($"{name} is given twice.");
            }

            if (!option.TakesValue)
            {
                option.Set(options, inline is null ? "" : throw new FormatException($"{name} takes no value."));
                continue;
            }

            var value = inline ?? (index + 1 < arguments.Length ? arguments[++index] : null);
            if (string.IsNullOrEmpty(value))
            {
                throw new FormatException($"{name} needs a value.");
            }

            option.Set(options, value!);
        }

        if (
            !given.Contains(WorkspaceSecret)
            && Environment.GetEnvironmentVariable(SecretVariable) is { Length: > 0 } secret
            && given.Contains(WorkspaceKey)
        )
        {
            options.WorkspaceSecret = secret;
            given.Add(WorkspaceSecret);
        }

        if (given.Contains(WorkspaceKey) != given.Contains(WorkspaceSecret))
        {
            throw new FormatException($"{WorkspaceKey} and {WorkspaceSecret} belong together.");
        }

        if (!given.Contains(WorkspaceKey))
        {
            error.WriteLine(
                $"Membrane emulator: using the workspace key '{options.WorkspaceKey}' and the development secret "
                    + $"'{options.WorkspaceSecret}'."
            );
        }

        if (!IPAddress.IsLoopback(options.ListenAddress))
        {
            error.WriteLine(
                $"Membrane emulator: WARNING: it listens on {options.ListenAddress}, beyond this machine and without encryption. "
                    + "The API asks for a token; the pages and the addresses below /_emulator do not. Use it in networks that you trust."
            );
        }

        return options;
    }

    private static int Number(string name, string value, int minimum, int maximum) =>
        int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        && number >= minimum
        && number <= maximum
            ? number
            : throw new FormatException($"{name} must be a number of {minimum} to {maximum}, not '{value}'.");

    private static void Origins(ICollection<string> origins, string value)
    {
        foreach (var origin in value.Split(','))
        {
            try
            {
                origins.Add(AllowedOrigins.Parse(origin.Trim()));
            }
            catch (FormatException problem)
            {
                throw new FormatException($"{AllowOrigin}: {problem.Message}", problem);
            }
        }
    }

    // IPAddress takes "1" for 0.0.0.1.
    private static IPAddress Address(string value) =>
        value.Split('.').Length == 4 && IPAddress.TryParse(value, out var address) && address.AddressFamily == AddressFamily.InterNetwork
            ? address
            : throw new FormatException($"{Listen} must be an IPv4 address, such as 127.0.0.1 or 0.0.0.0, not '{value}'.");
}
