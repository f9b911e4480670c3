using System;
using System.Net;
using Membrane.Emulator.Http;

namespace Membrane.Emulator.Server;

/// <summary>
/// The names under which a client may ask. On a loopback address they are those of this machine only: a name that someone else has let lead
/// here would make a page of theirs one of the emulator's own.
/// </summary>
internal sealed class HostNames(IPAddress address)
{
    private readonly bool isOpen = !IPAddress.IsLoopback(address);

    /// <summary>Returns the answer to a request under another name; null if the name is right.</summary>
    public Reply? Refuse(string host) =>
        isOpen
        || host.Length == 0
        || (Uri.TryCreate($"http://{host}/", UriKind.Absolute, out var uri) && uri.AbsolutePath == "/" && IsLocal(uri))
            ? null
            : Reply.Error(
                ApiException.BadRequest(
                    $"The emulator answers to localhost, 127.0.0.1 and [::1], not to '{UrlEncoding.Shorten(host)}'. To be reached under other "
                        + $"names it has to listen on another address (--listen)."
                )
            );

    // IsLoopback takes any name that ends in ".localhost" only in newer frameworks.
    private static bool IsLocal(Uri uri) => uri.IsLoopback || uri.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
}
