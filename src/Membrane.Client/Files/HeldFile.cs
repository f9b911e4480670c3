using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Membrane.Client.Files;

/// <summary>
/// Waits for a file that another program has open. Windows refuses then to replace, move or remove it, and sometimes to open
/// it; a virus scanner, an indexer or a reader lets go of it in a moment.
/// </summary>
internal static class HeldFile
{
    private const int AccessDenied = unchecked((int)0x80070005);
    private const int SharingViolation = unchecked((int)0x80070020);
    private const int LockViolation = unchecked((int)0x80070021);
    private const int UnableToRemoveReplaced = unchecked((int)0x80070497);
    private const int UnableToMoveReplacement = unchecked((int)0x80070498);
    private const int UserMappedFile = unchecked((int)0x800704C8);

    // EWOULDBLOCK of Linux, and of macOS.
    private const int WouldBlock = 11;
    private const int WouldBlockOfMac = 35;

    // In milliseconds: some seconds, and no more.
    private static readonly int[] Pauses = [10, 20, 50, 100, 200, 400, 800, 1000, 1000, 1000];

    /// <summary>Whether Windows says with this that a file cannot be had at the moment; or never, which it does not tell apart.</summary>
    public static bool IsReason(Exception exception) =>
        exception
            is UnauthorizedAccessException
                or IOException
                {
                    HResult: AccessDenied
                        or SharingViolation
                        or LockViolation
                        or UnableToRemoveReplaced
                        or UnableToMoveReplacement
                        or UserMappedFile,
                };

    /// <summary>Whether a file could not be opened because someone has it for themselves, on any system.</summary>
    public static bool IsLocked(IOException exception) => exception.HResult is SharingViolation or WouldBlock or WouldBlockOfMac;

    /// <summary>Does something with files, and tries again for some seconds where one of them is held.</summary>
    /// <param name="disk">The disk.</param>
    /// <param name="work">What is done; it can be done again from its beginning.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<T> WaitAsync<T>(Disk disk, Func<T> work, CancellationToken cancellationToken)
    {
        foreach (var pause in Pauses)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return work();
            }
            catch (Exception exception) when (disk.RefusesOpenFiles && IsReason(exception))
            {
                // The last attempt tells of it.
            }

            await disk.PauseAsync(TimeSpan.FromMilliseconds(pause), cancellationToken).ConfigureAwait(false);
        }

        return work();
    }

    /// <summary>The same, for those who cannot go on meanwhile.</summary>
    public static T Wait<T>(Disk disk, Func<T> work, CancellationToken cancellationToken = default) =>
        WaitAsync(disk, work, cancellationToken).GetAwaiter().GetResult();

    /// <summary>The same, for what gives nothing.</summary>
    public static void Wait(Disk disk, System.Action work, CancellationToken cancellationToken = default) =>
        Wait<object?>(
            disk,
            () =>
            {
                work();
                return null;
            },
            cancellationToken
        );
}
