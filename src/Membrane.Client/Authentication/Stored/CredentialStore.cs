using System;
using System.IO;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Membrane.Client.Authentication.OAuth;
using Membrane.Client.Files;
using Membrane.Client.Json;

namespace Membrane.Client.Authentication.Stored;

/// <summary>
/// The sign-ins of persons, kept in <c>~/.membrane/credentials.json</c>, or in the folder that the environment variable
/// MEMBRANE_HOME names. The vendor's CLI keeps its own there too, in fields
/// that are not documented: ours stand in one member of our own, and everything else stays byte for byte what it was.
/// </summary>
/// <remarks>
/// Folder and file are the owner's alone from the moment they exist; a folder of another name than .membrane that is there
/// already keeps its rights. The file is replaced whole or not at all; where another program has it open, and the system
/// refuses that, it is waited for. A file that cannot be understood is refused and left as it is.
/// </remarks>
internal sealed class CredentialStore
{
    private const int MaxMegabytes = 16;
    private const int Attempts = 5;
    private const string NewFile = "credentials.new";
    private const string LockExtension = ".powershell.lock";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly string? path;
    private readonly Disk disk;

    /// <summary>Names the file; nothing is read or written.</summary>
    /// <param name="path">The file; null for the one of the present user.</param>
    /// <exception cref="MembraneInputException">MEMBRANE_HOME holds no whole path.</exception>
    public CredentialStore(string? path = null)
        : this(path, Disk.Default) { }

    internal CredentialStore(string? path, Disk disk)
    {
        this.path = path ?? CredentialPlace.Find();
        this.disk = disk;
    }

    /// <summary>The file, or null where the present user has no home folder.</summary>
    public string? Path => path;

    /// <summary>The sign-in of a name, or null.</summary>
    /// <exception cref="MembraneSignInException">The file cannot be read or understood (CredentialStore).</exception>
    public StoredSignIn? FindSignIn(string name) => Read().SignIns.TryGetValue(name, out var found) ? found : null;

    /// <summary>The begun sign-in of a name, or null.</summary>
    /// <exception cref="MembraneSignInException">The file cannot be read or understood (CredentialStore).</exception>
    public PendingSignIn? FindPending(string name) => Read().Pending.TryGetValue(name, out var found) ? found : null;

    /// <summary>Keeps a sign-in, in place of one of the same name. What was begun under that name has ended with it.</summary>
    /// <exception cref="MembraneSignInException">The file cannot be read, understood or written (CredentialStore).</exception>
    public Task SaveAsync(StoredSignIn signIn, CancellationToken cancellationToken = default) =>
        ChangeAsync(
            section =>
            {
                section.SignIns[signIn.Name] = signIn;
                section.Pending.Remove(signIn.Name);
            },
            cancellationToken
        );

    /// <summary>Keeps a begun sign-in, in place of one of the same name.</summary>
    /// <exception cref="MembraneSignInException">The file cannot be read, understood or written (CredentialStore).</exception>
    public Task SaveAsync(PendingSignIn pending, CancellationToken cancellationToken = default) =>
        ChangeAsync(section => section.Pending[pending.Name] = pending, cancellationToken);

    /// <summary>Forgets a sign-in, unless one of the same name has taken its place.</summary>
    /// <exception cref="MembraneSignInException">The file cannot be read, understood or written (CredentialStore).</exception>
    public Task RemoveAsync(StoredSignIn signIn, CancellationToken cancellationToken = default) =>
        ChangeAsync(
            section =>
            {
                if (section.SignIns.TryGetValue(signIn.Name, out var kept) && kept.Id == signIn.Id)
                {
                    section.SignIns.Remove(signIn.Name);
                }
            },
            cancellationToken
        );

    /// <summary>Takes the lock; until it is disposed of, no other session changes our part.</summary>
    /// <param name="isPatient">Whether to wait for it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="MembraneSignInException">The folder cannot be written to, or the lock is not to be had
    /// (CredentialStore).</exception>
    internal async Task<CredentialLock> LockAsync(bool isPatient, CancellationToken cancellationToken)
    {
        var file = RequirePath();
        try
        {
            var folder = System.IO.Path.GetDirectoryName(file)!;
            var isOurs = System.IO.Path.GetFileName(folder) == CredentialPlace.FolderName;
            var isNew = !disk.HasFolder(folder);
            OwnerOnly.CreateFolder(folder);
            if (isNew)
            {
                UnixOwner.Give(folder, System.IO.Path.GetDirectoryName(folder)!);
            }

            if (isOurs)
            {
                OwnerOnly.ProtectFolder(folder);
            }

            return await CredentialLock.TakeAsync(file + LockExtension, isPatient, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsOfFiles(exception))
        {
            throw Unwritable(file, exception);
        }
    }

    internal CredentialSection Read(bool isPatient = true)
    {
        if (path is null)
        {
            return new CredentialSection();
        }

        var bytes = ReadBytes(path, isPatient);
        if (bytes.Length == 0 && disk.RefusesOpenFiles && disk.HasFile(path + LockExtension))
        {
            // There, while another session replaces the file, none is there for a moment.
            bytes = ReadLater(path);
        }

        return Parse(path, bytes).Section;
    }

    /// <summary>Writes our part. Call it with the lock.</summary>
    /// <param name="section">Our part.</param>
    /// <param name="isPatient">Whether to wait for other programs that have the file open.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="MembraneSignInException">The file cannot be read, understood or written (CredentialStore).</exception>
    internal async Task WriteAsync(CredentialSection section, bool isPatient, CancellationToken cancellationToken)
    {
        var file = FindTarget(RequirePath());
        try
        {
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                if (
                    isPatient
                        ? await HeldFile.WaitAsync(disk, () => TryWrite(file, section), cancellationToken).ConfigureAwait(false)
                        : TryWrite(file, section)
                )
                {
                    return;
                }
            }
        }
        catch (Exception exception) when (IsOfFiles(exception))
        {
            throw Unwritable(file, exception);
        }

        throw Unwritable(file, new IOException("Another program changes it all the time."));
    }

    private async Task ChangeAsync(System.Action<CredentialSection> change, CancellationToken cancellationToken)
    {
        using var taken = await LockAsync(isPatient: true, cancellationToken).ConfigureAwait(false);
        var section = Read();
        change(section);
        await WriteAsync(section, isPatient: true, cancellationToken).ConfigureAwait(false);
    }

    private string RequirePath() =>
        path
        ?? throw new MembraneSignInException(
            ErrorIds.CredentialStore,
            "The sign-in cannot be stored: the present user has no home folder.",
            "Name a folder with the environment variable MEMBRANE_HOME, or sign in with a token or a workspace secret."
        );

    private byte[] ReadBytes(string file, bool isPatient = true)
    {
        try
        {
            return isPatient ? HeldFile.Wait(disk, () => ReadOnce(file)) : ReadOnce(file);
        }
        catch (Exception exception) when (IsOfFiles(exception))
        {
            throw new MembraneSignInException(
                ErrorIds.CredentialStore,
                $"The stored sign-ins in '{file}' cannot be read: {exception.Message}",
                "Make the file readable for you, or sign in with a token or a workspace secret.",
                exception
            );
        }
    }

    private byte[] ReadOnce(string file)
    {
        try
        {
            using var stream = disk.Open(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return WholeFile.Read(stream, MaxMegabytes);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
    }

    private (CredentialDocument Document, CredentialSection Section) Parse(string file, byte[] bytes)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var document = CredentialDocument.Parse(bytes);
                return (document, CredentialSection.Read(document.Section));
            }
            catch (JsonException exception)
            {
                // A program that does not replace the file whole may be writing it just now.
                var again = attempt < Attempts ? ReadLater(file) : bytes;
                if (again.AsSpan().SequenceEqual(bytes) && attempt > 1)
                {
                    throw Damaged(file, exception);
                }

                bytes = again;
            }
        }
    }

    private byte[] ReadLater(string file)
    {
        Thread.Sleep(Pause);
        return ReadBytes(file);
    }

    // Where the file is a link, what it points to is replaced and the link stays.
    private static string FindTarget(string file)
    {
#if NET
        return new FileInfo(file).LinkTarget is null ? file : File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file;
#else
        return file;
#endif
    }

    // False where another program has changed the file meanwhile, for others do not know our lock.
    private bool TryWrite(string file, CredentialSection section)
    {
        var before = ReadOnce(file);
        var wasThere = disk.HasFile(file);
        var document = Parse(file, before).Document;
        var after = section.IsEmpty ? document.Without() : document.With(section.ToJson());
        RemoveLeftovers(file, wasThere);
        (var made, var stream) = OwnerOnly.CreateFile(System.IO.Path.GetDirectoryName(file)!, NewFile);
        try
        {
            using (stream)
            {
                UnixOwner.Give(stream, wasThere ? file : System.IO.Path.GetDirectoryName(file)!);
                stream.Write(after, 0, after.Length);
                stream.Flush(flushToDisk: true);
            }

            if (wasThere)
            {
                OwnerOnly.ProtectReplaced(file);
            }

            if (!ReadOnce(file).AsSpan().SequenceEqual(before) || disk.HasFile(file) != wasThere)
            {
                return false;
            }

            Put(made, file, wasThere);
            return true;
        }
        finally
        {
            if (!wasThere || disk.HasFile(file))
            {
                disk.DeleteFile(made);
            }
        }
    }

    // Of a session that was killed: the one that has the lock is the only one that writes. On Windows one may be all that is left of
    // the file; see Put.
    private void RemoveLeftovers(string file, bool wasThere)
    {
        if (!wasThere || disk.RefusesOpenFiles)
        {
            return;
        }

        foreach (var left in Directory.GetFiles(System.IO.Path.GetDirectoryName(file)!, NewFile + ".*"))
        {
            disk.DeleteFile(left);
        }
    }

    // What was there, also of other programs, is in the new file alone when Windows has stopped half-way.
    private void Put(string made, string file, bool wasThere)
    {
        try
        {
            disk.Put(made, file);
        }
        catch (Exception exception) when (IsOfFiles(exception) && wasThere && !disk.HasFile(file))
        {
            try
            {
                HeldFile.Wait(disk, () => disk.MoveFile(made, file));
            }
            catch (Exception again) when (IsOfFiles(again))
            {
                throw new IOException(
                    $"What is in it is in '{made}' now, which could not be put in its place ({again.Message}). Rename that file.",
                    exception
                );
            }
        }
    }

    private static bool IsOfFiles(Exception exception) => exception is IOException or UnauthorizedAccessException or NotSupportedException;

    private static MembraneSignInException Damaged(string file, JsonException exception) =>
        new(
            ErrorIds.CredentialStore,
            $"The file '{file}' is damaged, and was left as it is: {JsonFailure.WithoutText(exception).Message}",
            "Repair it, or move it away; other programs may keep their sign-in in it, too. Then sign in again."
        );

    private static MembraneSignInException Unwritable(string file, Exception exception) =>
        new(
            ErrorIds.CredentialStore,
            $"The sign-in cannot be stored in '{file}': {exception.Message}",
            "Make the folder writable for you, and close what has the file open; or name another folder with the environment variable "
                + "MEMBRANE_HOME, or sign in with a token or a workspace secret.",
            exception
        );
}
