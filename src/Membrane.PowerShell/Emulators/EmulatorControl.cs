using System;
using System.IO;
using Membrane.Emulator;
using Membrane.PowerShell.Sessions;

namespace Membrane.PowerShell.Emulators;

/// <summary>Starts emulators in this process, for this runspace.</summary>
internal static class EmulatorControl
{
    /// <exception cref="MembraneException">It cannot be started (EmulatorFailed).</exception>
    public static MembraneEmulator Start(EmulatorOptions options)
    {
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
