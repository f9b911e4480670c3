using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Security;
using Membrane.Client;
using Membrane.Client.Blobs;
using Membrane.Client.Files;
using Membrane.PowerShell.Common;
using Membrane.PowerShell.Contexts;

namespace Membrane.PowerShell.Checkpoints;

/// <summary>Finds checkpoints by the paths and addresses that a command is given.</summary>
/// <param name="command">The command.</param>
/// <param name="token">The token for Azure Storage: a SecureString or a script block; null where addresses have a signature.</param>
/// <param name="proxy">The proxy; null for that of the system.</param>
internal sealed class CheckpointPlaces(PSCmdlet command, object? token, IWebProxy? proxy)
{
    private ITokenSource? tokens;

    /// <summary>Returns whether a text is an address, not a path.</summary>
    public static bool IsAddress(string text) =>
        text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns a file that need not be there yet.</summary>
    /// <exception cref="MembraneInputException">Nothing can be kept there.</exception>
    public CheckpointPlace File(string path, string parameterName)
    {
        var resolved = FilePath.Resolve(command, path, parameterName);
        KeptFile.Require(resolved, parameterName);
        return new CheckpointFilePlace(resolved);
    }

    /// <summary>Returns a blob.</summary>
    /// <exception cref="MembraneInputException">It is not the address of one.</exception>
    public CheckpointPlace Blob(Uri address, string parameterName, string tokenParameterName) =>
        new CheckpointBlobPlace(BlobAddress.Read(address, parameterName), tokens ??= MakeTokens(tokenParameterName), proxy);

    /// <inheritdoc cref="Blob(Uri, string, string)"/>
    public CheckpointPlace Blob(string address, string parameterName, string tokenParameterName) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
            ? Blob(uri, parameterName, tokenParameterName)
            : throw new MembraneInputException(
                ErrorIds.InvalidInput,
                parameterName,
                "It begins like an address, and is not a valid one.",
                $"Pass with -{parameterName} paths, and whole addresses of blobs."
            );

    /// <summary>Returns a file that is only read.</summary>
    /// <exception cref="MembraneInputException">It is not a path of the file system.</exception>
    public CheckpointPlace ReadOnlyFile(string path, string parameterName) =>
        new CheckpointFilePlace(FilePath.Resolve(command, path, parameterName));

    /// <summary>Returns the files that a path means; those that are there, where it has wildcards.</summary>
    /// <exception cref="MembraneInputException">It is not a path of the file system, or not a pattern.</exception>
    public IEnumerable<CheckpointPlace> Files(string path, string parameterName) =>
        WildcardPattern.ContainsWildcardCharacters(path)
            ? FilePath
                .Find(command, path, parameterName)
                .Where(static one => !Directory.Exists(one))
                .Select(static one => new CheckpointFilePlace(one))
            : [ReadOnlyFile(WildcardPattern.Unescape(path), parameterName)];

    /// <summary>
    /// Returns the files that a path means, and the one that is called by just that name: what is done there must not be done twice because
    /// of brackets in the name.
    /// </summary>
    /// <exception cref="MembraneInputException">It is not a path of the file system, or neither a pattern nor the name of a file.</exception>
    public IReadOnlyList<CheckpointPlace> PriorFiles(string path, string parameterName)
    {
        var literal = ReadOnlyFile(path, parameterName);
        if (!System.IO.File.Exists(FilePath.Resolve(command, path, parameterName)))
        {
            _ = NamePattern.Read(path, parameterName);
            return [.. Files(path, parameterName)];
        }

        return [literal, .. Files(path, parameterName).Where(place => place.Name != literal.Name)];
    }

    private ITokenSource? MakeTokens(string parameterName) =>
        token switch
        {
            SecureString secret => new FixedTokenSource(Secrets.Reveal(secret)),
            ScriptBlock script => new ScriptTokenSource(script, parameterName),
            _ => null,
        };
}
