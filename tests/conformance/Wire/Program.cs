// The client of the module, led by the conformance tests: reads one call a line, { "call", "arguments" }, and says how it went.
//   Wire ADDRESS TOKEN
using System;
using System.Text.Json;
using Membrane;
using Membrane.Client;
using Membrane.Wire;

using var client = new MembraneClient(new MembraneClientOptions { ApiUri = new Uri(args[0]), TokenSource = new FixedTokenSource(args[1]) });
while (Console.ReadLine() is { } line)
{
    using var call = JsonDocument.Parse(line);
    var answer = "done";
    try
    {
        await Calls.Run(
            call.RootElement.GetProperty("call").GetString()!,
            client,
            new Arguments(call.RootElement.GetProperty("arguments"))
        );
    }
    catch (Exception error) when (error is MembraneException)
    {
        answer = $"{error.GetType().Name}: {error.Message}";
    }

    Console.WriteLine(answer);
}
