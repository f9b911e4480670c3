using System;
using System.Threading;
using System.Threading.Tasks;

namespace Membrane.Client.Apps;

/// <summary>
/// Makes the path of a request to an app from a whole address of it, as the documentation of the app writes addresses. Only the path is
/// sent, through the connection; an address of another host is refused.
/// </summary>
internal sealed class AppRequestPath(ConnectionsClient connections, ConnectorsClient connectors, ExternalAppsClient apps)
{
    private const string SchemeEnd = "://";

    /// <summary>Whether the text is a whole address and not a path.</summary>
    public static bool IsAddress(string text) => ReadAddress(text) is not null;

    /// <summary>Gets the path and query of an address of the app behind a connection.</summary>
    /// <param name="connectionId">The connection.</param>
    /// <param name="address">The address.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="MembraneInputException">The address is not one of the app, or the address of the app is not known.</exception>
    public async Task<string> ResolveAsync(string connectionId, string address, CancellationToken cancellationToken)
    {
        var uri = ReadAddress(address)!;
        var path = PathOf(address);
        if (uri.UserInfo.Length > 0)
        {
            throw Refuse("has a user name or a password in it", path);
        }

        var app = await FindAppAsync(connectionId, cancellationToken).ConfigureAwait(false);
        if (app?.AppUri is not { } appUri || ReadAddress(appUri) is not { } known)
        {
            throw Refuse($"is a whole address, but the address of the app of the connection {connectionId} is not known", path);
        }

        return uri.Port == known.Port && IsOf(uri, known)
            ? path
            : throw Refuse($"leads to {uri.Authority}, which is not an address of {app} ({known.Authority})", path);
    }

    private static Uri? ReadAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
            ? uri
            : null;

    // As it was written: reading it as an address would already follow '..' and unescape letters.
    private static string PathOf(string address)
    {
        var rest = address.Substring(address.IndexOf(SchemeEnd, StringComparison.Ordinal) + SchemeEnd.Length);
        var start = rest.IndexOfAny(['/', '?', '#', '\\']);
        return start < 0 ? "/"
            : rest[start] == '/' ? rest.Substring(start)
            : rest.Insert(start, "/").Substring(start);
    }

    private static bool IsOf(Uri uri, Uri app)
    {
        var host = uri.IdnHost.TrimEnd('.');
        var domain = app.IdnHost.TrimEnd('.');
        domain = domain.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? domain.Substring("www.".Length) : domain;
        return string.Equals(host, domain, StringComparison.OrdinalIgnoreCase)
            || host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase);
    }

    private static MembraneInputException Refuse(string why, string path) =>
        new(ErrorIds.InvalidInput, "Path", $"The value of Path {why}.", $"Pass only the path to send it to the app: {path}");

    private async Task<ExternalApp?> FindAppAsync(string connectionId, CancellationToken cancellationToken)
    {
        var connection = await connections.GetAsync(connectionId, cancellationToken).ConfigureAwait(false);
        var appId =
            connection.ExternalAppId
            ?? (
                connection.ConnectorId is { } connectorId
                    ? (await connectors.GetAsync(connectorId, null, cancellationToken).ConfigureAwait(false)).ExternalAppId
                    : null
            );
        return appId is null ? null : await apps.GetAsync(appId, cancellationToken).ConfigureAwait(false);
    }
}
