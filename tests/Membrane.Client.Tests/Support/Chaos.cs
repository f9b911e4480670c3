using System;
using System.Globalization;
using System.Linq;
using System.Text;
using Xunit.Abstractions;

namespace Membrane.Client.Tests.Support;

/// <summary>
/// Random damage, by a seed that the test writes down. <c>MEMBRANE_TEST_CHAOS_SEED</c> repeats one;
/// <c>MEMBRANE_TEST_CHAOS_FACTOR</c> makes the tests as many times as long.
/// </summary>
internal sealed class Chaos
{
    private readonly ITestOutputHelper output;

    public Chaos(ITestOutputHelper output)
    {
        this.output = output;
        Seed = Read("MEMBRANE_TEST_CHAOS_SEED") ?? Environment.TickCount;
        Random = new Random(Seed);
        Write($"MEMBRANE_TEST_CHAOS_SEED={Seed}");
    }

    public int Seed { get; }

    public Random Random { get; }

    /// <summary>Returns how many rounds a test makes that usually makes so many.</summary>
    public static int Rounds(int usual) => usual * Math.Max(1, Read("MEMBRANE_TEST_CHAOS_FACTOR") ?? 1);

    public void Write(string text) => output.WriteLine(text);

    /// <summary>Returns a copy with a bit turned over, its end cut off, bytes added, taken out or put in, or as an editor leaves it.</summary>
    public byte[] Damage(byte[] whole)
    {
        var bytes = whole.ToList();
        switch (Random.Next(6))
        {
            case 0:
                bytes[Random.Next(bytes.Count)] ^= (byte)(1 << Random.Next(8));
                break;
            case 1:
                bytes = [.. bytes.Take(Random.Next(bytes.Count))];
                break;
            case 2:
                bytes.AddRange(Enumerable.Range(0, Random.Next(1, 60)).Select(_ => (byte)Random.Next(256)));
                break;
            case 3:
                var start = Random.Next(bytes.Count);
                bytes.RemoveRange(start, Random.Next(1, bytes.Count - start + 1));
                break;
            case 4:
                bytes.InsertRange(Random.Next(bytes.Count), bytes.Skip(Random.Next(bytes.Count)).Take(Random.Next(1, 50)).ToArray());
                break;
            default:
                return Encoding.UTF8.GetBytes("\uFEFF" + Encoding.UTF8.GetString(whole).Replace("\n", "\r\n", StringComparison.Ordinal));
        }

        return [.. bytes];
    }

    private static int? Read(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
