using System;
using System.IO;
using Membrane.Emulator;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Sessions;

namespace Membrane.PowerShell.Emulators;

/// <summary>Starts emulators in this process, for this runspace.</summary>
internal static class EmulatorControl
{
    /// <exception cref="MembraneException">It cannot be started (EmulatorFailed).</exception>
    public static MembraneEmulator Start(EmulatorOptions options)
    {
        // What is told between two commands would else be lost: a host of PowerShell need not have a standard error.
        options.Report = PendingWarnings.Current.Add;
        EmulatorHost host;
        try
        {
            host = EmulatorHost.Start(options);
        }
        catch (Exception exception)
            when (exception
                    is IOException
                        or InvalidDataException
                        or UnauthorizedAccessException
                        or InvalidOperationException
                        or ArgumentException
                        or FormatException
            )
        {
            throw new MembraneException(
                ErrorIds.EmulatorFailed,
                "The emulator could not be started: " + exception.Message,
                null,
                exception
            );
        }

        var emulator = new MembraneEmulator(host.BaseUri, host)
        {
            WorkspaceKey = host.WorkspaceKey,
            CatalogPath = options.CatalogPath,
            StatePath = options.StatePath,
            StartedAt = DateTimeOffset.Now,
        };
        RunspaceState.Current.Add(emulator);
        return emulator;
    }
}
