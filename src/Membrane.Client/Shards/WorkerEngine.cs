namespace Membrane.Client.Shards;

/// <summary>A program that starts numbered workers, and the environment variables by which it tells them their number.</summary>
/// <param name="Name">The program.</param>
/// <param name="Index">The variable with the number.</param>
/// <param name="First">The number of the first worker.</param>
/// <param name="Count">The variable with how many there are; null where the program does not tell.</param>
internal sealed record WorkerEngine(string Name, string Index, int First, string? Count);
