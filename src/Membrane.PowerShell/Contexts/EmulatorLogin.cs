using System;
using Membrane.Emulator;
using Membrane.PowerShell.Emulators;
using Membrane.PowerShell.Sessions;

namespace Membrane.PowerShell.Contexts;

/// <summary>Signs in to a local workspace of this process; one is started if none runs.</summary>
internal sealed class EmulatorLogin(ConnectMembraneCommand command) : ILogin
{
    private const string DefaultTenant = "emulator-tenant";

    private string TenantKey => command.TenantKey ?? DefaultTenant;

    public MembraneContext SignIn()
    {
        if (command.WithApp is not null && command.Manager)
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(command.WithApp),
                "Connections belong to a tenant, and -Manager acts for none.",
                "Connect the apps for a tenant first, with -WithApp and without -Manager; a second context, with another -Name, can manage "
                    + "the same workspace."
            );
        }

        var running = RunspaceState.Current.NewestEmulator;
        var emulator = running ?? EmulatorControl.Start(new EmulatorOptions());
        emulator.EndsWithContexts |= running is null;
        try
        {
            return SignIn(emulator);
        }
        catch when (running is null)
        {
            RunspaceState.Current.Remove(emulator);
            throw;
        }
    }

    private MembraneContext SignIn(MembraneEmulator emulator)
    {
        var host = (EmulatorHost)emulator.Host;
        var context = new KeyLogin(command)
        {
            WorkspaceKey = host.WorkspaceKey,
            WorkspaceSecret = host.WorkspaceSecret,
            TenantKey = TenantKey,
            ApiUri = host.BaseUri,
        }.SignIn();
        context.Emulator = emulator;
        ConnectApps(host);
        if (command.IsNamed(nameof(command.AutoApprove)))
        {
            host.AutoApprove = command.AutoApprove;
        }

        return context;
    }

    private void ConnectApps(EmulatorHost host)
    {
        if (command.WithApp is not { } apps)
        {
            return;
        }

        try
        {
            host.ConnectApps(apps, TenantKey);
        }
        catch (ArgumentException exception)
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(command.WithApp),
                exception.Message,
                "Get-MembraneIntegration shows the apps. To have others, start an emulator with a catalog of your own first: "
                    + "Start-MembraneEmulator -Catalog FILE."
            );
        }
    }
}
