using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Files;

namespace Membrane.Client.Authentication.Stored;

/// <summary>
/// Keeps other sessions of this module, also in other processes, from changing the credentials file meanwhile. The lock
/// is a file of its own, held open; the system lets go of it when the process ends, however it ends.
/// </summary>
internal sealed class CredentialLock : IDisposable
{
    // Longer than the longest refresh, during which the lock is held.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly FileStream file;

    private CredentialLock(FileStream file) => this.file = file;

    /// <param name="path">The file of the lock.</param>
    /// <param name="isPatient">Whether to wait for it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="MembraneSignInException">Another process keeps it too long, or the folder cannot be written to.</exception>
    public static async Task<CredentialLock> TakeAsync(string path, bool isPatient, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return new CredentialLock(Open(path));
            }
            catch (IOException exception) when (HeldFile.IsLocked(exception))
            {
                if (!isPatient || watch.Elapsed > Longest)
                {
                    throw new MembraneSignInException(
                        ErrorIds.CredentialStore,
                        $"Another process keeps the lock of the stored sign-ins ('{path}'), and {watch.Elapsed.TotalSeconds:0} seconds "
                            + $"were waited for it.",
                        "Wait for the other PowerShell session, or end it.",
                        exception
                    );
                }
            }

            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose() => file.Dispose();

    private static FileStream Open(string path) =>
        TryMake(path) ?? new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    // Only a file that is new for sure may be given to someone: another one may be a link to anything.
    private static FileStream? TryMake(string path)
    {
        FileStream made;
        try
        {
            made = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }

        try
        {
            UnixOwner.Give(made, Path.GetDirectoryName(path)!);
            return made;
        }
        catch (IOException)
        {
            made.Dispose();
            File.Delete(path);
            throw;
        }
    }
}
