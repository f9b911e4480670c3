using Membrane.Emulator;
using Membrane.PowerShell.Emulators;
using Membrane.PowerShell.Sessions;

namespace Membrane.PowerShell.Contexts;

/// <summary>Signs in to a local workspace of this process; one is started if none runs.</summary>
internal sealed class EmulatorLogin(ConnectMembraneCommand command) : ILogin
{
    private const string DefaultTenant = "emulator-tenant";

    public MembraneContext SignIn()
    {
        var emulator = RunspaceState.Current.NewestEmulator ?? EmulatorControl.Start(new EmulatorOptions());
        var host = (EmulatorHost)emulator.Host;
        var context = new KeyLogin(command)
        {
            WorkspaceKey = host.WorkspaceKey,
            WorkspaceSecret = host.WorkspaceSecret,
            TenantKey = command.TenantKey ?? DefaultTenant,
            ApiUri = host.BaseUri,
        }.SignIn();
        context.Emulator = emulator;
        return context;
    }
}
