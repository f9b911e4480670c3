using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Files;

namespace Membrane.Client.Tests.Support;

/// <summary>
/// A disk that refuses as Windows does while another program has a file open: by the same exceptions, so often. No time passes
/// while somebody waits for it.
/// </summary>
internal sealed class RefusingDisk : Disk
{
    /// <summary>ERROR_SHARING_VIOLATION.</summary>
    public const int SharingViolation = unchecked((int)0x80070020);

    private int refusals;
    private Func<string, Exception> refuse = static _ => new InvalidOperationException();

    public override bool RefusesOpenFiles => true;

    /// <summary>How often somebody has waited.</summary>
    public int Pauses { get; private set; }

    /// <summary>Is called while somebody waits.</summary>
    public System.Action<int>? Waiting { get; set; }

    /// <summary>Whether opening is refused, too.</summary>
    public bool RefusesToOpen { get; set; }

    /// <summary>Whether a file that is to be replaced is taken away before that is refused (ERROR_UNABLE_TO_MOVE_REPLACEMENT).</summary>
    public bool StopsHalfWay { get; set; }

    /// <summary>What Windows says: access denied where the number is that, a sharing violation, and so on.</summary>
    public static Exception Refusal(int result, string path) =>
        result == 0
            ? new UnauthorizedAccessException($"Access to the path '{path}' is denied.")
            : new IOException($"The process cannot access the file '{path}'.", result);

    /// <summary>From now on refuses so many times.</summary>
    public RefusingDisk Refuse(int times, int result = SharingViolation)
    {
        refusals = times;
        refuse = path => Refusal(result, path);
        return this;
    }

    public override FileStream Open(string path, FileMode mode, FileAccess access, FileShare share, int bufferSize)
    {
        if (RefusesToOpen)
        {
            Ask(path);
        }

        return base.Open(path, mode, access, share, bufferSize);
    }

    public override void MoveFile(string source, string target)
    {
        Ask(target);
        base.MoveFile(source, target);
    }

    public override void ReplaceFile(string source, string target)
    {
        if (StopsHalfWay)
        {
            File.Delete(target);
            throw Refusal(unchecked((int)0x80070498), target);
        }

        Ask(target);
        base.ReplaceFile(source, target);
    }

    public override void MoveFolder(string source, string target)
    {
        Ask(target);
        base.MoveFolder(source, target);
    }

    public override Task PauseAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        Pauses++;
        Waiting?.Invoke(Pauses);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.CompletedTask;
    }

    private void Ask(string path)
    {
        if (refusals > 0)
        {
            refusals--;
            throw refuse(path);
        }
    }
}
