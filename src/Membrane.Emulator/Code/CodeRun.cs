using System;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Emulator.Http;

namespace Membrane.Emulator.Code;

/// <summary>What is to be run.</summary>
/// <param name="code">A module that exports a function.</param>
/// <param name="argument">What the function is called with.</param>
/// <param name="call">Sends a request to the workspace on behalf of the caller who runs the code.</param>
/// <param name="depth">How many runs there are around this one.</param>
internal sealed class CodeRun(string code, JsonObject argument, Func<IncomingRequest, CancellationToken, Task<Reply>> call, int depth)
{
    public string Code { get; } = code;

    public JsonObject Argument { get; } = argument;

    public Func<IncomingRequest, CancellationToken, Task<Reply>> Call { get; } = call;

    /// <summary>A run within another shares its turn, for the outer one waits.</summary>
    public int Depth { get; } = depth;
}
