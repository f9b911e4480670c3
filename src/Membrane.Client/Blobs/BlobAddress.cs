using System;
using System.Globalization;

namespace Membrane.Client.Blobs;

/// <summary>
/// The address of a blob. Its query, where it has one, is a shared access signature, and is in no message. A checkpoint that outgrows a
/// blob goes on in others beside it, whose names end with <c>.2</c>, <c>.3</c> and so on.
/// </summary>
internal sealed class BlobAddress
{
    private readonly Uri uri;

    private BlobAddress(Uri uri) => this.uri = uri;

    /// <summary>The address without its query.</summary>
    public string Name => uri.GetLeftPart(UriPartial.Path);

    /// <summary>The address itself: a secret where it has a signature.</summary>
    public Uri Uri => uri;

    /// <summary>Checks an address.</summary>
    /// <param name="uri">The address.</param>
    /// <param name="parameterName">The parameter that it is the value of.</param>
    /// <exception cref="MembraneInputException">It is not the address of a blob.</exception>
    public static BlobAddress Read(Uri uri, string parameterName)
    {
        const string advice =
            "Pass the address of a blob: https://ACCOUNT.blob.core.windows.net/CONTAINER/NAME, with its signature behind it or not.";
        var name = uri.IsAbsoluteUri ? uri.GetLeftPart(UriPartial.Path) : "it";
        return !uri.IsAbsoluteUri || (uri.Scheme != Uri.UriSchemeHttps && !(uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
                ? throw new MembraneInputException(
                    ErrorIds.InvalidInput,
                    parameterName,
                    $"{parameterName} is not the address of a blob, which begins with https:// (http:// on this machine only).",
                    advice
                )
            : uri.AbsolutePath.Trim('/').IndexOf('/') < 0 || uri.AbsolutePath.EndsWith("/", StringComparison.Ordinal)
                ? throw new MembraneInputException(
                    ErrorIds.InvalidInput,
                    parameterName,
                    $"'{name}' names no blob: a container and a name belong in the path.",
                    advice
                )
            : uri.UserInfo.Length > 0
                ? throw new MembraneInputException(
                    ErrorIds.InvalidInput,
                    parameterName,
                    "The address of a blob has no user name or password in it.",
                    advice
                )
            : new BlobAddress(uri);
    }

    /// <summary>Returns the address of a part, from 1.</summary>
    /// <param name="part">Which part.</param>
    /// <param name="operation">What is done with it, as the query says it; null for the blob itself.</param>
    public Uri Part(int part, string? operation = null)
    {
        var path = part == 1 ? Name : Name + "." + part.ToString(CultureInfo.InvariantCulture);
        var query = uri.Query.TrimStart('?');
        if (operation is not null)
        {
            query = query.Length == 0 ? operation : query + "&" + operation;
        }

        return new Uri(query.Length == 0 ? path : path + "?" + query);
    }
}
