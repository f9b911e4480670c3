using System;
using System.Text;
using Membrane.Client.Json;
using Membrane.Client.Transport;

namespace Membrane.Client;

/// <summary>
/// Builds the addresses of the vendor's connection pages, for a browser window or an iframe. They carry a token:
/// anyone with such an address can act for the tenant until the token ends.
/// </summary>
public sealed class ConnectAddress
{
    /// <summary>Where the pages are.</summary>
    public static Uri DefaultUiUri { get; } = new("https://ui.getmembrane.com");

    /// <summary>Where the pages are: https, or http on this machine itself. Default <see cref="DefaultUiUri"/>.</summary>
    public Uri UiUri { get; set; } = DefaultUiUri;

    /// <summary>Whether <see cref="UiUri"/> may be http on another machine, where everybody on the way can read the token.</summary>
    public bool AllowUnencryptedAuthentication { get; set; }

    /// <summary>Where the person is sent afterwards. Needed where the page is not in an iframe.</summary>
    public string? RedirectUri { get; set; }

    /// <summary>Whether a new connection is made even where one exists.</summary>
    public bool AllowMultipleConnections { get; set; }

    /// <summary>The name for the connection.</summary>
    public string? Name { get; set; }

    /// <summary>The settings of the connector.</summary>
    public object? ConnectorParameters { get; set; }

    /// <summary>The page on which a person connects an integration.</summary>
    /// <exception cref="MembraneInputException">The key or an address is not fit.</exception>
    public string ForIntegration(string integrationKey, string token) =>
        ForIntegration(integrationKey, token, DictionaryObjectAdapter.Instance);

    /// <summary>The page on which a person connects an integration, with settings that are an object of the host.</summary>
    /// <exception cref="MembraneInputException">The key or an address is not fit.</exception>
    internal string ForIntegration(string integrationKey, string token, IObjectAdapter objects)
    {
        var address = Start("integrations", Selector.Check(integrationKey, "IntegrationKey"), "connect", token);
        Append(address, "redirectUri", Checked(RedirectUri));
        Append(address, "allowMultipleConnections", AllowMultipleConnections ? "1" : null);
        Append(address, "name", Name);
        Append(
            address,
            "connectorParameters",
            ConnectorParameters is null
                ? null
                : Encoding.UTF8.GetString(JsonValueWriter.ToBytes(ConnectorParameters, objects, nameof(ConnectorParameters)))
        );
        return address.ToString();
    }

    /// <summary>The page on which a person signs in again, for a connection that was cut.</summary>
    /// <exception cref="MembraneInputException">The id or an address is not fit.</exception>
    public string ForConnection(string connectionId, string token)
    {
        var address = Start("connections", Selector.Check(connectionId, "Connection"), "refresh", token);
        Append(address, "redirectUri", Checked(RedirectUri));
        return address.ToString();
    }

    private static string? Checked(string? redirectUri) =>
        redirectUri is null || (Uri.TryCreate(redirectUri, UriKind.Absolute, out _) && redirectUri.IndexOfAny(['\r', '\n']) < 0)
            ? redirectUri
            : throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(RedirectUri),
                $"The value of RedirectUri is not an absolute address: '{redirectUri}'.",
                "Pass the whole address of the page, such as https://app.example/done."
            );

    private static void Append(StringBuilder address, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            address.Append('&').Append(name).Append('=').Append(Uri.EscapeDataString(value!));
        }
    }

    private StringBuilder Start(string kind, string selector, string page, string token)
    {
        var isSafe =
            UiUri.IsAbsoluteUri
            && (
                UiUri.Scheme == Uri.UriSchemeHttps
                || (UiUri.Scheme == Uri.UriSchemeHttp && (UiUri.IsLoopback || AllowUnencryptedAuthentication))
            )
            && UiUri.UserInfo.Length == 0;
        if (!isSafe)
        {
            throw new MembraneInputException(
                ErrorIds.InvalidInput,
                nameof(UiUri),
                $"The value of UiUri is not an address of the connection pages, which are at https, or at http on this machine itself: "
                    + $"'{UiUri}'.",
                $"The vendor's pages are at {DefaultUiUri}."
            );
        }

        return new StringBuilder(UiUri.GetLeftPart(UriPartial.Path).TrimEnd('/'))
            .Append("/embed/")
            .Append(kind)
            .Append('/')
            .Append(Uri.EscapeDataString(selector))
            .Append('/')
            .Append(page)
            .Append("?token=")
            .Append(Uri.EscapeDataString(token));
    }
}
