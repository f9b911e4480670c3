using System;
using System.Management.Automation;
using System.Security;
using Membrane.Client.Files;
using Membrane.Emulator;
using Membrane.PowerShell.Common;

namespace Membrane.PowerShell.Emulators;

/// <summary>
/// Starts a local Membrane workspace in this process, on a loopback address. It ends with the session or by Stop-MembraneEmulator.
/// </summary>
[Cmdlet(VerbsLifecycle.Start, "MembraneEmulator", SupportsShouldProcess = true, HelpUri = OnlineHelp.Pages + "Start-MembraneEmulator.md")]
[OutputType(typeof(MembraneEmulator))]
public sealed class StartMembraneEmulatorCommand : MembraneCommand
{
    /// <summary>The port; 0 for a free one.</summary>
    [Parameter]
    [ValidateRange(0, 65535)]
    [ArgumentCompleter(typeof(NoCompleter))]
    public int Port { get; set; }

    /// <summary>A file with the apps of the workspace. Without it, a few built-in ones.</summary>
    [Parameter]
    [Alias("CatalogPath")]
    [RefuseNothing]
    public string? Catalog { get; set; }

    /// <summary>A file to keep the state in. Without it, the state ends with the emulator.</summary>
    [Parameter]
    [Alias("StatePath")]
    [RefuseNothing]
    public string? State { get; set; }

    /// <summary>The key of the workspace.</summary>
    [Parameter]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string WorkspaceKey { get; set; } = EmulatorOptions.DefaultWorkspaceKey;

    /// <summary>The secret of the workspace. Without it, the documented secret for development.</summary>
    [Parameter]
    [SecretTransformation]
    [ArgumentCompleter(typeof(NoCompleter))]
    public SecureString? WorkspaceSecret { get; set; }

    /// <summary>A number that makes the ids the same every time.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NoCompleter))]
    public int? Seed { get; set; }

    /// <summary>The origins whose pages may call the API, besides those of this machine.</summary>
    [Parameter]
    [RefuseNothing]
    [ArgumentCompleter(typeof(NoCompleter))]
    public string[]? AllowOrigin { get; set; }

    /// <summary>Refuse what is ignored otherwise: unknown query parameters, and read-only members in the body of a PUT or PATCH.</summary>
    [Parameter]
    public SwitchParameter Strict { get; set; }

    /// <summary>Approve by themselves the connections that wait for a person.</summary>
    [Parameter]
    public SwitchParameter AutoApprove { get; set; }

    /// <summary>Open the dashboard of the emulator in the browser. Without a browser, a warning has the address.</summary>
    [Parameter]
    public SwitchParameter Open { get; set; }

    /// <inheritdoc/>
    protected override bool AreErrorsTerminating => true;

    /// <inheritdoc/>
    protected override void Process()
    {
        var state = Resolve(State, nameof(State));
        if (state is not null)
        {
            KeptFile.Require(state, nameof(State));
        }

        if (!ShouldProcess("this process", "Start an emulator"))
        {
            return;
        }

        var options = new EmulatorOptions
        {
            Port = Port,
            CatalogPath = Resolve(Catalog, nameof(Catalog)),
            StatePath = state,
            WorkspaceKey = WorkspaceKey,
            WorkspaceSecret = WorkspaceSecret is null ? EmulatorOptions.DefaultWorkspaceSecret : Secrets.Reveal(WorkspaceSecret),
            Seed = Seed,
            IsStrict = Strict,
            AutoApprove = AutoApprove,
        };
        foreach (var origin in AllowOrigin ?? [])
        {
            options.AllowedOrigins.Add(origin);
        }

        var emulator = EmulatorControl.Start(options);
        if (Open)
        {
            OpenDashboard(emulator.ApiUri);
        }

        WriteObject(emulator);
    }

    private void OpenDashboard(Uri address)
    {
        if (!Browser.IsAtHand(Host) || !Browser.TryOpen(address))
        {
            WriteWarning($"The dashboard is at {address}. No browser could be opened here: open this address in one of this machine.");
        }
    }

    private string? Resolve(string? path, string parameterName) => path is null ? null : FilePath.Resolve(this, path, parameterName);
}
