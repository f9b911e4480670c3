using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Membrane.Client.Authentication.Stored;

/// <summary>
/// Keeps other sessions of this module, also in other processes, from changing the credentials file meanwhile. The lock
/// is a file of its own, held open; the system lets go of it when the process ends, however it ends.
/// </summary>
internal sealed class CredentialLock : IDisposable
{
    // Longer than the longest refresh, during which the lock is held.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly FileStream file;

    private CredentialLock(FileStream file) => this.file = file;

    /// <exception cref="MembraneSignInException">Another process keeps it too long, or the folder cannot be written to.</exception>
    public static async Task<CredentialLock> TakeAsync(string path, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return new CredentialLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException exception) when (IsHeld(exception))
            {
                if (watch.Elapsed > Patience)
                {
                    throw new MembraneSignInException(
                        ErrorIds.CredentialStore,
                        $"Another process has kept the lock of the stored sign-ins for {Patience.TotalSeconds:0} seconds ('{path}').",
                        "Wait for the other PowerShell session, or end it.",
                        exception);
                }
            }

            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose() => file.Dispose();

    // ERROR_SHARING_VIOLATION on Windows, EWOULDBLOCK on Linux and on macOS.
    private static bool IsHeld(IOException exception) => exception.HResult is unchecked((int)0x80070020) or 11 or 35;
}
