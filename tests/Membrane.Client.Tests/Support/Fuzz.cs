using System;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Threading;
using CsCheck;
using Xunit.Abstractions;

namespace Membrane.Client.Tests.Support;

/// <summary>
/// Random inputs for what reads text of strangers, by the seed of <see cref="Chaos"/>. A few seconds in the suite;
/// <c>MEMBRANE_TEST_FUZZ_SECONDS</c> is how long each test goes on instead. What fails is made smaller by CsCheck.
/// </summary>
internal static class Fuzz
{
    private static readonly System.Text.Json.JsonSerializerOptions WithFields = new() { IncludeFields = true };

    // Generous: it says nothing of speed, and ends what would never end.
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);

    /// <summary>Checks what is true of every input.</summary>
    /// <param name="inputs">Makes the inputs.</param>
    /// <param name="output">Where the seed and the counts go.</param>
    /// <param name="check">Throws where it is not true.</param>
    /// <param name="usual">How many inputs there are in the suite.</param>
    public static void Check<T>(Gen<T> inputs, ITestOutputHelper output, Action<T> check, int usual = 1000)
        where T : notnull
    {
        var chaos = new Chaos(output);
        var random = new PCG(1, (ulong)(uint)chaos.Seed);
        var seconds = Environment.GetEnvironmentVariable("MEMBRANE_TEST_FUZZ_SECONDS") is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : 0;
        var started = Process.GetCurrentProcess().TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        var count = 0L;
        while (seconds > 0 ? watch.Elapsed.TotalSeconds < seconds : count < Chaos.Rounds(usual))
        {
            var seed = random.ToString();
            var input = inputs.Generate(random, null, out _);
            count++;
            try
            {
                CheckOne(input, check);
            }
            catch (Exception exception)
            {
                chaos.Write($"Input {count}, seed {seed}: {Print(input)}\n{exception}");
                inputs.Sample(check, seed: seed, iter: 2000, threads: 1, print: Print);
                throw;
            }
        }

        var spent = Process.GetCurrentProcess().TotalProcessorTime - started;
        chaos.Write($"{count} inputs, {watch.Elapsed.TotalSeconds:F1} s, {spent.TotalSeconds:F1} s of processor time");
    }

    private static void CheckOne<T>(T input, Action<T> check)
        where T : notnull
    {
        using var timer = new System.Threading.Timer(
            _ => Environment.FailFast("No end to " + Print(input)),
            null,
            Hang,
            Timeout.InfiniteTimeSpan
        );
        check(input);
    }

    private static string Print<T>(T input)
        where T : notnull
    {
        var shown = input is byte[] bytes
            ? Encoding.UTF8.GetString(bytes) + " = " + Convert.ToBase64String(bytes)
            : System.Text.Json.JsonSerializer.Serialize(input, WithFields);
        return shown.Length > 3000 ? shown[..3000] + "…" : shown;
    }
}
