using System;

namespace Membrane.Client.Transport;

/// <summary>Which addresses that the service names are as safe as that of the API.</summary>
internal static class ApiHost
{
    /// <summary>Returns whether an address is https, or http where the API is that too, on this machine or on its own host.</summary>
    /// <param name="address">The address that the service names.</param>
    /// <param name="apiUri">The address of the API.</param>
    public static bool IsAsSafeAs(this Uri address, Uri apiUri) =>
        address.Scheme == Uri.UriSchemeHttps
        || (
            address.Scheme == Uri.UriSchemeHttp
            && (address.IsLoopback ? apiUri.IsLoopback : apiUri.Scheme == Uri.UriSchemeHttp && address.Host == apiUri.Host)
        );
}
