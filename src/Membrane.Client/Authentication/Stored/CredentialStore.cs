using System;
using System.IO;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace Membrane.Client.Authentication.Stored;

/// <summary>
/// The sign-ins of persons, kept in <c>~/.membrane/credentials.json</c>. The vendor's CLI keeps its own there too, in fields
/// that are not documented: ours stand in one member of our own, and everything else stays byte for byte what it was.
/// </summary>
/// <remarks>
/// Folder and file are the owner's alone from the moment they exist. The file is replaced whole or not at all. A file that
/// cannot be understood is refused and left as it is.
/// </remarks>
public sealed class CredentialStore
{
    private const int MaxBytes = 16 * 1024 * 1024;
    private const int Attempts = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly string? path;

    /// <summary>Names the file; nothing is read or written.</summary>
    /// <param name="path">The file; null for the one in the home folder of the present user.</param>
    public CredentialStore(string? path = null) => this.path = path ?? DefaultPath();

    /// <summary>The file, or null where the present user has no home folder.</summary>
    public string? Path => path;

    /// <summary>The sign-in of a name, or null.</summary>
    /// <exception cref="MembraneSignInException">The file cannot be read or understood (CredentialStore).</exception>
    public StoredSignIn? FindSignIn(string name) => Read().SignIns.TryGetValue(name, out StoredSignIn? found) ? found : null;

    /// <summary>The begun sign-in of a name, or null.</summary>
    /// <exception cref="MembraneSignInException">The file cannot be read or understood (CredentialStore).</exception>
    public PendingSignIn? FindPending(string name) => Read().Pending.TryGetValue(name, out PendingSignIn? found) ? found : null;

    /// <summary>Keeps a sign-in, in place of one of the same name. What was begun under that name has ended with it.</summary>
    /// <exception cref="MembraneSignInException">The file cannot be read, understood or written (CredentialStore).</exception>
    public Task SaveAsync(StoredSignIn signIn, CancellationToken cancellationToken = default) => ChangeAsync(
        section =>
        {
            section.SignIns[signIn.Name] = signIn;
            section.Pending.Remove(signIn.Name);
        },
        cancellationToken);

    /// <summary>Keeps a begun sign-in, in place of one of the same name.</summary>
    /// <exception cref="MembraneSignInException">The file cannot be read, understood or written (CredentialStore).</exception>
    public Task SaveAsync(PendingSignIn pending, CancellationToken cancellationToken = default) =>
        ChangeAsync(section => section.Pending[pending.Name] = pending, cancellationToken);

    /// <summary>Forgets a sign-in, unless one of the same name has taken its place.</summary>
    /// <exception cref="MembraneSignInException">The file cannot be read, understood or written (CredentialStore).</exception>
    public Task RemoveAsync(StoredSignIn signIn, CancellationToken cancellationToken = default) => ChangeAsync(
        section =>
        {
            if (section.SignIns.TryGetValue(signIn.Name, out StoredSignIn? kept) && kept.Id == signIn.Id)
            {
                section.SignIns.Remove(signIn.Name);
            }
        },
        cancellationToken);

    /// <summary>Takes the lock; until it is disposed of, no other session changes our part.</summary>
    /// <exception cref="MembraneSignInException">The folder cannot be written to, or the lock is not to be had (CredentialStore).</exception>
    internal async Task<CredentialLock> LockAsync(CancellationToken cancellationToken)
    {
        string file = RequirePath();
        try
        {
            OwnerOnly.CreateFolder(System.IO.Path.GetDirectoryName(file)!);
            return await CredentialLock.TakeAsync(file + ".powershell.lock", cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Unwritable(file, exception);
        }
    }

    internal CredentialSection Read() => path is null ? new CredentialSection() : Parse(path, ReadBytes(path)).Section;

    /// <summary>Writes our part. Call it with the lock.</summary>
    internal void Write(CredentialSection section)
    {
        string file = FindTarget(RequirePath());
        for (int attempt = 1; ; attempt++)
        {
            byte[] before = ReadBytes(file);
            CredentialDocument document = Parse(file, before).Document;
            byte[] after = section.IsEmpty ? document.Without() : document.With(section.ToJson());
            if (TryReplace(file, before, after))
            {
                return;
            }

            if (attempt == Attempts)
            {
                throw Unwritable(file, new IOException("Another program changes it all the time."));
            }
        }
    }

    private static string? DefaultPath()
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        return home.Length == 0 ? null : System.IO.Path.Combine(home, ".membrane", "credentials.json");
    }

    private async Task ChangeAsync(System.Action<CredentialSection> change, CancellationToken cancellationToken)
    {
        using CredentialLock taken = await LockAsync(cancellationToken).ConfigureAwait(false);
        CredentialSection section = Read();
        change(section);
        Write(section);
    }

    private string RequirePath() => path ?? throw new MembraneSignInException(
        ErrorIds.CredentialStore,
        "The sign-in cannot be stored: the present user has no home folder.",
        "Set the environment variable HOME (on Windows USERPROFILE), or sign in with a token or a workspace secret.");

    private static byte[] ReadBytes(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (stream.Length > MaxBytes)
            {
                throw Damaged(file, $"It is larger than {MaxBytes / (1024 * 1024)} MB.", null);
            }

            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return bytes.ToArray();
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new MembraneSignInException(
                ErrorIds.CredentialStore,
                $"The stored sign-ins in '{file}' cannot be read: {exception.Message}",
                "Make the file readable for you, or sign in with a token or a workspace secret.",
                exception);
        }
    }

    private static (CredentialDocument Document, CredentialSection Section) Parse(string file, byte[] bytes)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                CredentialDocument document = CredentialDocument.Parse(bytes);
                return (document, CredentialSection.Read(document.Section));
            }
            catch (JsonException exception)
            {
                // A program that does not replace the file whole may be writing it just now.
                byte[] again = attempt < Attempts ? ReadLater(file) : bytes;
                if (again.AsSpan().SequenceEqual(bytes) && attempt > 1)
                {
                    throw Damaged(file, exception.Message, exception);
                }

                bytes = again;
            }
        }
    }

    private static byte[] ReadLater(string file)
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

    private static bool TryReplace(string file, byte[] before, byte[] after)
    {
        string? made = null;
        try
        {
            (made, FileStream stream) = OwnerOnly.CreateFile(System.IO.Path.GetDirectoryName(file)!);
            using (stream)
            {
                stream.Write(after, 0, after.Length);
                stream.Flush(flushToDisk: true);
            }

            // Other programs do not know our lock.
            if (!ReadBytes(file).AsSpan().SequenceEqual(before))
            {
                return false;
            }

            OwnerOnly.Replace(made, file);
            made = null;
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Unwritable(file, exception);
        }
        finally
        {
            if (made is not null)
            {
                File.Delete(made);
            }
        }
    }

    private static MembraneSignInException Damaged(string file, string why, Exception? exception) => new(
        ErrorIds.CredentialStore,
        $"The file '{file}' is damaged, and was left as it is: {why}",
        "Repair it, or move it away; other programs may keep their sign-in in it, too. Then sign in again.",
        exception);

    private static MembraneSignInException Unwritable(string file, Exception exception) => new(
        ErrorIds.CredentialStore,
        $"The sign-in cannot be stored in '{file}': {exception.Message}",
        "Make the folder writable for you, set HOME (on Windows USERPROFILE) to another one, or sign in with a token or a workspace secret.",
        exception);
}
