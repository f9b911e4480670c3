using System;
using System.Management.Automation;
using Membrane.Emulator;
using Membrane.PowerShell.Commands;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Emulators;

/// <summary>Gets the requests that arrived at an emulator, the oldest first: the newest 10,000, without their secrets.</summary>
[Cmdlet(VerbsCommon.Get, "MembraneEmulatorRequest", HelpUri = OnlineHelp.Pages + "Get-MembraneEmulatorRequest.md")]
[OutputType(typeof(MembraneEmulatorRequest))]
public sealed class GetMembraneEmulatorRequestCommand : MembraneEmulatorCommand
{
    /// <summary>The path of the requests; wildcards are allowed.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [RefuseNothing]
    [ArgumentCompleter(typeof(ApiPathCompleter))]
    public string? Path { get; set; }

    /// <summary>The HTTP method of the requests.</summary>
    [Parameter]
    [RefuseNothing]
    [ArgumentCompleter(typeof(MethodCompleter))]
    public string? Method { get; set; }

    /// <summary>Forget all requests of the emulator after they were emitted, also those that do not fit.</summary>
    [Parameter]
    public SwitchParameter Clear { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var host = HostOf(Meant);
        var path = NamePattern.Read(Path, nameof(Path));
        RecordedRequest[] requests = [.. host.GetRequests()];
        if (Clear)
        {
            host.ClearRequests();
        }

        foreach (var request in requests)
        {
            if (
                (path is null || path.IsMatch(request.Path))
                && (Method is null || string.Equals(Method, request.Method, StringComparison.OrdinalIgnoreCase))
            )
            {
                WriteObject(
                    new MembraneEmulatorRequest(request.Time, request.Method, request.Path)
                    {
                        Query = request.Query,
                        Headers = request.Headers,
                        Body = request.Body,
                        OperationId = request.OperationId,
                        StatusCode = request.Status,
                        Redacted = request.Redacted,
                        Ignored = request.Ignored,
                    }
                );
            }
        }
    }
}
