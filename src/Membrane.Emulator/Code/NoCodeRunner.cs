using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Emulator.Http;

namespace Membrane.Emulator.Code;

/// <summary>Stands in where there is no worker beside the emulator, as in the PowerShell module, and says where there is one.</summary>
internal sealed class NoCodeRunner : ICodeRunner
{
    public bool IsAvailable => false;

    public Task<CodeOutcome> Run(CodeRun run, CancellationToken cancellation) =>
        throw new ApiException(
            501,
            "custom_code",
            "not_implemented",
            "This emulator does not run JavaScript: the PowerShell module comes without an engine for it. The program does: "
                + "'dotnet tool install --global Membrane.Emulator', then 'membrane-emulator'.",
            new JsonObject { ["code"] = "not_emulated" }
        );
}
