using System.Threading;
using System.Threading.Tasks;

namespace Membrane.Emulator.Code;

/// <summary>Runs JavaScript on behalf of a caller in the workspace.</summary>
internal interface ICodeRunner
{
    /// <summary>Whether there is anything to run it with.</summary>
    bool IsAvailable { get; }

    /// <summary>Runs the code to its end; what the code does wrong is in the outcome.</summary>
    /// <exception cref="Http.ApiException">The code cannot be run here, or not now.</exception>
    Task<CodeOutcome> Run(CodeRun run, CancellationToken cancellation);
}
